import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

// Wide enough for a poster at arm's length, small enough for an old phone.
const LONG_SIDE = 800

/** zxing in WebAssembly, served by ourselves: its default address is another host. */
export async function createZxingDecoder() {
  await prepareZXingModule({
    overrides: {
      locateFile: (file: string, prefix: string) => (file.endsWith('.wasm') ? wasm : prefix + file),
    },
    fireImmediately: true,
  })
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video: HTMLVideoElement): Promise<string | null> => {
    if (!context || video.videoWidth === 0) return null
    const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const picture = context.getImageData(0, 0, canvas.width, canvas.height)
    const [found] = await readBarcodes(picture, {
      formats: ['QRCode'],
      tryHarder: false,
      maxNumberOfSymbols: 1,
    })
    return found?.text || null
  }
}
