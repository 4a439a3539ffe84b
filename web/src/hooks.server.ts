import type { RequestEvent } from '@sveltejs/kit'
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { Problem } from '#lib/api.ts'
import { waiting } from '#lib/console/waiting.ts'
import { parseSetCookie } from '#lib/session.ts'
import { m } from '#paraglide/messages.js'
import { cookieName, getLocale } from '#paraglide/runtime.js'
import { paraglideMiddleware } from '#paraglide/server.js'

/** Every page is rendered in the language of the `lang` cookie, else in Vietnamese. */
export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) =>
    keptBy(
      event,
      resolve(event, {
        transformPageChunk: ({ html }) =>
          html
            .replace('%lang%', locale)
            .replace('%waiting%', () => (event.route.id?.startsWith('/console') ? waiting() : '')),
        filterSerializedResponseHeaders: (name) => name === 'content-type',
      }),
    ),
  )

/** On a borrowed phone, the way back after signing out must not show the one before. */
async function keptBy(event: RequestEvent, answer: Promise<Response> | Response): Promise<Response> {
  const response = await answer
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (isPage && !response.headers.has('cache-control')) {
    const signedIn = event.cookies.get('lachan_session') !== undefined
    response.headers.set('cache-control', signedIn ? 'private, no-store' : 'private, no-cache')
  }
  return response
}

/** A page asks the public API as anybody would; on the server the question does not leave the process. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const url = new URL(request.url)
  if (url.origin !== event.url.origin || !url.pathname.startsWith('/api/')) return fetch(request)

  const headers = new Headers(request.headers)
  const cookies = event.cookies.getAll().map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  if (!event.cookies.get(cookieName)) cookies.push(`${cookieName}=${getLocale()}`)
  headers.set('cookie', cookies.join('; '))
  headers.set('accept-language', getLocale())
  headers.set('host', event.url.host)
  if (request.method !== 'GET' && request.method !== 'HEAD') headers.set('origin', event.url.origin)
  const agent = event.request.headers.get('user-agent')
  if (agent) headers.set('user-agent', agent)

  const asked = new Request(request, { headers })
  const call = event.platform?.req.api
  const answer = call
    ? await call(asked, {
        address: event.getClientAddress(),
        protocol: event.url.protocol.replace(':', ''),
        host: event.url.host,
      })
    : // The development server is not mounted in anything: it passes the API's addresses on.
      await globalThis.fetch(asked)
  for (const line of answer.headers.getSetCookie()) {
    const { name, value, ...options } = parseSetCookie(line)
    event.cookies.set(name, value, options)
  }
  return answer
}

export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (error instanceof Problem) {
    return { status: error.status, message: error.title, code: error.code, detail: error.detail }
  }
  if (kind === 'app') return error
  if (kind !== 'unknown') return error.status === 404 ? { message: m.error_not_found_title() } : {}
  console.error(event.request.method, event.url.pathname, error)
  return { message: m.error_unexpected_title() }
}
