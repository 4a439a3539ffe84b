import type { RequestHandler } from './$types.js'

/** The same list for a program: asked for with `Accept: application/json`. */
export const GET: RequestHandler = async ({ fetch }) => {
  const answer = await fetch('/api/v1/demo/outbox')
  return new Response(await answer.text(), {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
  })
}
