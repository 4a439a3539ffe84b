import { encode } from 'uqr'

/** A QR code as one path in a square of `size` modules. */
export interface QrDrawing {
  size: number
  path: string
}

/**
 * Draws a text as a QR code; L, M, Q, H: how much of it may be dirty or torn. Load functions on the server do it, so
 * that no page brings the encoder.
 */
export function drawQr(text: string, ecc: 'L' | 'M' | 'Q' | 'H' = 'M'): QrDrawing {
  // Four light modules around it, as the standard wants.
  const { data, size } = encode(text, { ecc, border: 4 })
  const path = data
    .map((row, y) => {
      let line = ''
      for (let x = 0; x < size; x += 1) {
        if (!row[x]) continue
        const from = x
        while (row[x + 1]) x += 1
        line += `M${from} ${y}h${x - from + 1}v1h${from - x - 1}z`
      }
      return line
    })
    .join('')
  return { size, path }
}
