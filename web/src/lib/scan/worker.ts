import { prepare, read } from './zxing.ts'

export type Asked = { wasm: string } | { picture: ImageData; pass: number }
export type Answered = { text: string | null } | { failed: string }

/** Reads beside the page, so that the picture does not stutter while it is read. */
addEventListener('message', async ({ data }: MessageEvent<Asked>) => {
  const answer = (answered: Answered) => postMessage(answered)
  try {
    if ('wasm' in data) answer({ text: await prepare(data.wasm).then(() => null) })
    else answer({ text: await read(data.picture, data.pass) })
  } catch (error) {
    answer({ failed: String(error) })
  }
})
