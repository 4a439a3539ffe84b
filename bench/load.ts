import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/**
 * A client that costs little, because it shares two cores with the server that it measures: bare sockets, kept open,
 * one request at a time on each, sent as one piece.
 */

export type Reply = { status: number; body: string }

export const request = (method: string, path: string, headers: Record<string, string>, body = '') =>
  `${method} ${path} HTTP/1.1\r\nhost: bench\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join(
      '',
    )}${body ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` : ''}\r\n${body}`

const HEADERS_END = Buffer.from('\r\n\r\n')

/** One connection; a request is answered before the next one is sent. */
class Connection {
  #socket: Socket
  #kept: Buffer = Buffer.alloc(0)
  #answer: ((reply: Reply) => void) | undefined
  #fail: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#fail?.(error))
    socket.on('close', () => this.#fail?.(new Error('The server closed the connection')))
  }

  static async open(port: number) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Connection(socket)
  }

  send(text: string): Promise<Reply> {
    return new Promise((answer, fail) => {
      this.#answer = answer
      this.#fail = fail
      this.#socket.write(text)
    })
  }

  #read(chunk: Buffer) {
    const bytes = this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk
    this.#kept = bytes
    const end = bytes.indexOf(HEADERS_END)
    if (end < 0) return
    const head = bytes.toString('latin1', 0, end)
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? []
    if (length === undefined) return this.#fail?.(new Error(`An answer without a length: ${head}`))
    const whole = end + HEADERS_END.length + Number(length)
    if (bytes.length < whole) return
    this.#kept = bytes.subarray(whole)
    this.#answer?.({
      status: Number(head.slice(9, 12)),
      body: bytes.toString('utf8', end + HEADERS_END.length, whole),
    })
  }

  close() {
    this.#fail = undefined
    this.#socket.destroy()
  }
}

/** Hundredths of a millisecond, up to ten seconds. */
const SLOWEST = 1_000_000

export class Load {
  requests = 0
  seconds = 0
  readonly #times = new Uint32Array(SLOWEST + 1)

  add(milliseconds: number) {
    this.#times[Math.min(SLOWEST, Math.round(milliseconds * 100))]!++
    this.requests++
  }

  /** One run after another is one load. */
  join(other: Load) {
    this.requests += other.requests
    this.seconds += other.seconds
    for (const [at, count] of other.#times.entries()) this.#times[at]! += count
    return this
  }

  get rate() {
    return this.requests / this.seconds
  }

  /** Milliseconds within which that share was answered. */
  within(share: number) {
    let rest = this.requests * share
    return (
      this.#times.findIndex((count) => {
        rest -= count
        return rest <= 0
      }) / 100
    )
  }
}

type Options = {
  port: number
  connections: number
  seconds: number
  /** The next request, whichever connection it goes over. */
  next: () => string | Promise<string>
  /** Says what is wrong with an answer. */
  fault?: (reply: Reply) => string | undefined
}

/** As many requests as the connections carry in that time; the first answer that is not as it should be ends it. */
export async function load({ port, connections, seconds, next, fault }: Options): Promise<Load> {
  const done = new Load()
  const all = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)))
  const began = performance.now()
  const end = began + seconds * 1000
  const run = async (connection: Connection) => {
    for (let sent = performance.now(); sent < end; ) {
      const reply = await connection.send(await next())
      const now = performance.now()
      const wrong = reply.status === 200 ? fault?.(reply) : `status ${reply.status}`
      if (wrong) throw new Error(`${wrong}: ${reply.body.slice(0, 500)}`)
      done.add(now - sent)
      sent = now
    }
  }
  try {
    await Promise.all(all.map(run))
  } finally {
    for (const connection of all) connection.close()
  }
  done.seconds = (performance.now() - began) / 1000
  return done
}
