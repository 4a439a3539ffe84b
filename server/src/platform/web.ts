import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { InjectOptions } from 'fastify'
import type { App } from './http.ts'

const HANDLER = new URL('../../../web/build/handler.js', import.meta.url)

type Handler = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/** Pages are rendered by SvelteKit in this process; their server-side calls to `/api` do not leave it. */
export async function mountWeb(app: App) {
  if (!existsSync(HANDLER)) throw new Error('web/build is missing: `npm start` builds it.')
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto' // adapter-node assumes https unless told
  const { handler } = (await import(HANDLER.href)) as { handler: Handler }

  const callApi = async (request: Request, address: string) => {
    const { pathname, search } = new URL(request.url)
    const answer = await app.inject({
      method: request.method as 'GET',
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      ...(request.body ? { payload: Buffer.from(await request.arrayBuffer()) } : {}),
      remoteAddress: address,
    } satisfies InjectOptions)
    const headers = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) headers.append(name, String(one))
    const empty = answer.statusCode === 204 || answer.statusCode === 304
    return new Response(empty ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers,
    })
  }

  await app.register(async (web) => {
    web.removeAllContentTypeParsers()
    web.addContentTypeParser('*', (_request, _body, done) => done(null)) // SvelteKit reads form bodies itself
    web.all('/*', (request, reply) => {
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      request.raw.headers['x-forwarded-proto'] = request.protocol
      const api = (call: Request) => callApi(call, request.ip)
      handler(Object.assign(request.raw, { api }), reply.raw, (error) => {
        reply.raw.statusCode = error ? 500 : 404
        reply.raw.end()
      })
    })
  })
}
