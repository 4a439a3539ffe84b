import { api, orErrorPage } from '#lib/api.ts'
import { drawQr, type QrDrawing } from '#lib/qr.ts'
import type { Card } from '#lib/shapes.ts'

/** A personal code as its page shows it. */
export interface ShownCode {
  personId: string
  drawing: QrDrawing
  until: string
  /** How long from now: a phone's own clock may be wrong. */
  lastsMs: number
}

export async function getCode(
  fetch: typeof globalThis.fetch,
  personId: string,
  url: URL,
): Promise<ShownCode> {
  const query = { personId }
  const card = await orErrorPage(api(fetch).get<Card>('/me/card', { params: { query } }), url)
  return {
    personId,
    drawing: drawQr(card.text),
    until: card.expiresAt,
    lastsMs: Date.parse(card.expiresAt) - Date.now(),
  }
}
