import { redirect } from '@sveltejs/kit'
import type { RequestHandler } from './$types.js'

/** A place code typed by hand leads to the place's page, which says what is wrong with a mistyped one. */
export const GET: RequestHandler = ({ url }) => {
  const typed = (url.searchParams.get('code') ?? '').trim()
  // People also paste the whole address that stands under the picture.
  const code = (/\/c\/([^/?#]+)/.exec(typed)?.[1] ?? typed).toUpperCase().replace(/[^0-9A-Z]/g, '')
  redirect(303, code ? `/c/${code.slice(0, 20)}` : '/#place-code')
}
