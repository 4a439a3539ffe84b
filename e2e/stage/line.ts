import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A line to the server that can fall ill: a proxy without a server behind it, or a network where nothing arrives. */
export type Health = 'well' | 'badGateway' | 'hangs'

export async function openLine(to: string) {
  let health: Health = 'well'
  const proxy = createServer((asked, answer) => {
    if (health === 'hangs') return
    if (health === 'badGateway') {
      answer.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>')
      return
    }
    const passed = request(
      new URL(asked.url ?? '/', to),
      { method: asked.method, headers: asked.headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers)
        got.pipe(answer)
      },
    )
    passed.on('error', () => answer.destroy())
    asked.pipe(passed)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    become: (now: Health) => {
      health = now
    },
    close: () => {
      proxy.closeAllConnections()
      proxy.close()
    },
  }
}
