import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
let reader: Promise<unknown> | undefined

/** The text of the one QR code in a picture (PNG). */
export async function readQr(picture: Uint8Array): Promise<string> {
  reader ??= readFile(wasm).then((wasmBinary) =>
    prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer },
      fireImmediately: true,
    }),
  )
  await reader
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true })
  if (found.length !== 1) throw new Error(`The picture has ${found.length} QR codes`)
  return found[0]!.text
}

/** The first page of a PDF as a picture, where poppler is installed. */
export async function photograph(pdf: string): Promise<Buffer | undefined> {
  try {
    const { stdout } = await promisify(execFile)('pdftoppm', ['-png', '-r', '60', '-singlefile', pdf], {
      encoding: 'buffer',
      maxBuffer: 50_000_000,
    })
    return stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
