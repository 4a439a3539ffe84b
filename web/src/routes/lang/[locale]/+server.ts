import { error, redirect } from '@sveltejs/kit'
import { safeNext } from '#lib/session.ts'
import { cookieMaxAge, cookieName, isLocale } from '#paraglide/runtime.js'
import type { RequestHandler } from './$types.js'

/** Switches the language and goes back: a plain link, so that it works without JavaScript. */
export const GET: RequestHandler = ({ params, url, cookies }) => {
  if (!isLocale(params.locale)) error(404)
  // Read by the page's own script as well, hence not HttpOnly; it says nothing about anybody.
  cookies.set(cookieName, params.locale, {
    path: '/',
    maxAge: cookieMaxAge,
    httpOnly: false,
    sameSite: 'lax',
  })
  redirect(303, safeNext(url.searchParams.get('back')))
}
