import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
let reader: Promise<unknown> | undefined

/** The QR codes in a picture: the bytes of a PNG, or its dots. */
export async function readCodes(picture: Uint8Array | ImageData) {
  reader ??= readFile(wasm).then((wasmBinary) =>
    prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer },
      fireImmediately: true,
    }),
  )
  await reader
  return readBarcodes(picture, { formats: ['QRCode'], tryHarder: true })
}

/** The text of the one QR code in a picture (PNG). */
export async function readQr(picture: Uint8Array): Promise<string> {
  const found = await readCodes(picture)
  if (found.length !== 1) throw new Error(`The picture has ${found.length} QR codes`)
  return found[0]!.text
}
