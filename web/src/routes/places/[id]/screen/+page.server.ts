import { api, orErrorPage } from '#lib/api.ts'
import { drawQr } from '#lib/qr.ts'
import type { ScreenCode } from '#lib/shapes.ts'
import type { PageServerLoad } from './$types.js'

export const load: PageServerLoad = async ({ params, fetch, url, depends }) => {
  depends('place:screen')
  const path = { id: params.id }
  const screen = await orErrorPage(
    api(fetch).get<ScreenCode>('/places/{id}/screen-code', { params: { path } }),
    url,
  )
  const { name, code, refreshAfterSeconds } = screen
  return { name, code, refreshAfterSeconds, drawing: drawQr(screen.text, 'M') }
}
