import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { PASSES, stretch } from './passes.ts'

/** Makes zxing ready, served by ourselves: its default address is another host. */
export async function prepare(wasm: string) {
  await prepareZXingModule({
    overrides: {
      locateFile: (file: string, prefix: string) => (file.endsWith('.wasm') ? wasm : prefix + file),
    },
    fireImmediately: true,
  })
}

/** The text of a QR code in a cut that was made for this pass. */
export async function read(picture: ImageData, pass: number): Promise<string | null> {
  const { options, stretch: isStretched } = PASSES[pass]!
  if (isStretched) stretch(picture)
  const [found] = await readBarcodes(picture, options)
  return found?.text || null
}
