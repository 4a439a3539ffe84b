import { createConnection, type Socket } from 'node:net'

/** The sockets of this process to a database, by its address. */
const sockets = new Map<string, Set<Socket>>()

/** Remembers a socket, so that it can be ended when the database falls silent. */
export function remember(url: string, socket: Socket) {
  const all = sockets.get(url) ?? new Set()
  for (const one of all) if (one.destroyed) all.delete(one)
  sockets.set(url, all.add(socket))
  return socket
}

const silent = () => Object.assign(new Error('The database is silent'), { code: 'CONNECTION_SILENT' })

type Way = { host: string[]; port: number[]; path?: string | false }

/** How the driver opens a connection: as it would by itself, but remembered. */
export const openSocket =
  (url: string) =>
  ({ host: [host], port: [port], path }: Way) =>
    remember(
      url,
      Object.assign(path ? createConnection(path) : createConnection(port!, host), { host, port }),
    )

/**
 * A database whose machine hangs, or a line that was cut without a word, answers nothing and refuses nothing: whoever asked
 * would wait for a quarter of an hour. When a question takes as long as this for an answer (turns of the clock, so that a
 * moment in which we were busy ourselves does not count), all connections are ended: who waits hears that the database
 * is away, and what comes next opens new ones. Returns the way to stop it.
 */
export function watchForSilence(
  ask: () => Promise<unknown>,
  url: string,
  { turnMs = 1000, patience = 10 } = {},
) {
  let turns = 0
  let isAsking = false
  const heard = () => {
    turns = 0
  }
  async function question() {
    isAsking = true
    // Whoever refuses has spoken.
    await ask().then(heard, ({ code }) => code === 'CONNECT_TIMEOUT' || heard())
    isAsking = false
  }
  const watch = setInterval(() => {
    if (!isAsking) question()
    if (turns++ < patience) return
    turns = 0
    for (const socket of sockets.get(url) ?? []) socket.destroy(silent())
  }, turnMs)
  return () => clearInterval(watch)
}
