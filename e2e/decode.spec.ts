import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { codeOf, type Decoding, openDecodingPage, type Scene } from './stage/decoding.ts'

const PHOTOS = join(import.meta.dirname, 'test-data/photos')
const lines = (text: string | null) => text?.replace(/\r\n?/g, '\n').trim()

let decoding: Decoding
test.beforeAll(async () => {
  decoding = await openDecodingPage(PHOTOS)
})
test.afterAll(() => decoding.close())

test('photographed codes are read, more of them than by zxing alone', async () => {
  const photos = readdirSync(PHOTOS).filter((name) => name.endsWith('.png'))
  const read = { ours: 0, alone: 0 }
  for (const photo of photos) {
    const truth = lines(readFileSync(join(PHOTOS, photo.replace('.png', '.txt')), 'utf8'))
    const { text } = await decoding.ours({ photo })
    expect(lines(text), photo).toBe(truth)
    read.ours++
    if ((await decoding.alone({ photo })).text) read.alone++
  }
  test.info().annotations.push({ type: 'read', description: `ours ${read.ours}, alone ${read.alone}` })
  expect(photos.length).toBe(8)
  expect(read.ours).toBeGreaterThan(read.alone)
})

// Up to version 10, which holds 652 digits: our codes with their signatures have about 200 to 550.
for (const [version, length] of [
  [6, 320],
  [8, 460],
  [10, 650],
] as const) {
  test(`a code of ${length} digits is read from a phone's screen in any light`, async () => {
    const digits = '7190382645'.repeat(65).slice(0, length)
    const code = codeOf(digits)
    expect(code.version).toBe(version)
    const scenes: Record<string, Scene> = {
      'as wide as the screen': { side: 360, blur: 1 },
      'an arm away': { side: 240, blur: 0.7 },
      'not quite sharp': { side: 300, blur: 1.4 },
      askew: { side: 300, blur: 1, turned: 8, noise: 25 },
      'upside down': { side: 300, blur: 1, turned: 175 },
      'at dusk': { side: 300, blur: 1, grey: [20, 42], noise: 3 },
      'at night': { side: 300, blur: 1, grey: [8, 24], noise: 1 },
      'white on black': { side: 300, blur: 1, grey: [235, 20] },
      'by a better camera': { side: 420, blur: 2, frame: [1280, 720] },
    }
    for (const [how, scene] of Object.entries(scenes))
      expect((await decoding.ours({ ...scene, code: code.data })).text, how).toBe(digits)
  })
}

test('where there is no code, none is read', async () => {
  for (const frame of [[640, 480] as const, [1280, 720] as const])
    expect((await decoding.ours({ frame: [...frame], noise: 30 })).text).toBeNull()
})
