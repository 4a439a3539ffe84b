import { api, orErrorPage } from '#lib/api.ts'
import { drawQr, type QrDrawing } from '#lib/qr.ts'
import type { Card, Person } from '#lib/shapes.ts'
import { hintFor } from './hint.ts'

/** A personal code of the server as its page shows it. */
export interface ShownCode {
  personId: string
  drawing: QrDrawing
  hint: string
  until: string
  /** How long from now: a phone's own clock may be wrong. */
  lastsMs: number
}

export async function getCode(
  fetch: typeof globalThis.fetch,
  { id: personId, name, birthYear }: Pick<Person, 'id' | 'name' | 'birthYear'>,
  url: URL,
): Promise<ShownCode> {
  const query = { personId }
  const card = await orErrorPage(api(fetch).get<Card>('/me/card', { params: { query } }), url)
  return {
    personId,
    drawing: drawQr(card.text),
    hint: hintFor(name, birthYear),
    until: card.expiresAt,
    lastsMs: Date.parse(card.expiresAt) - Date.now(),
  }
}
