import { closeSync, openSync, writeSync } from 'node:fs'
import { encode } from 'uqr'

const WIDTH = 640
const HEIGHT = 480
const HEADER = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`)
const WALL = 120
const DARK = 30
const LIGHT = 220

/**
 * What Chromium's fake camera sees: a film of one frame, which the browser reads again and again. The frame can
 * be painted over while it runs, so that a code comes into sight and leaves it when the story wants.
 */
export class Camera {
  readonly file: string
  readonly #film: number

  constructor(file: string) {
    this.file = file
    this.#film = openSync(file, 'w')
    const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
    writeSync(this.#film, Buffer.concat([HEADER, Buffer.alloc(WIDTH * HEIGHT, WALL), grey]))
  }

  /** Somebody holds a QR code with this text before the camera. */
  show(text: string) {
    const { data, size } = encode(text, { ecc: 'M', border: 4 })
    const dot = Math.floor(HEIGHT / size)
    const left = (WIDTH - size * dot) >> 1
    const top = (HEIGHT - size * dot) >> 1
    const picture = Buffer.alloc(WIDTH * HEIGHT, WALL)
    for (let y = 0; y < size * dot; y++)
      for (let x = 0; x < size * dot; x++)
        picture[(top + y) * WIDTH + left + x] = data[Math.floor(y / dot)]?.[Math.floor(x / dot)]
          ? DARK
          : LIGHT
    this.#paint(picture)
  }

  /** Nobody stands before the camera. */
  clear() {
    this.#paint(Buffer.alloc(WIDTH * HEIGHT, WALL))
  }

  close() {
    closeSync(this.#film)
  }

  #paint(picture: Buffer) {
    writeSync(this.#film, picture, 0, picture.length, HEADER.length)
  }
}

/** The switches with which Chromium sees this film instead of a real camera. */
export const asCamera = (camera: Camera) => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${camera.file}`,
]
