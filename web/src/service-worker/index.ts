import { version } from '$app/env'
import { immutable } from '$app/manifest'
import { self } from '$app/service-worker'

const SHELL = `shell-${version}`
const FILES = 'files'

/** Pages that work without the network. They hold nothing about anybody: the gate and one's own code
 * have stores of their own. */
const PAGES = ['/offline', '/gate', '/code']
const EXTRAS = ['/icon.svg', '/icon-192.png', '/manifest.webmanifest']
/** So long the network may take for a page that is kept. */
const PATIENCE_MS = 3000
const isFile = (path: string) => path.startsWith('/_app/immutable/')

self.addEventListener('install', (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()))
})

async function prepare() {
  const shell = await caches.open(SHELL)
  const files = await caches.open(FILES)
  // The barcode reader is large and most phones have their own: it is kept when a page first asks for it.
  const wanted = immutable
    .map(({ path }) => `/${path.replace(/^\//, '')}`)
    .filter((path) => !path.endsWith('.wasm'))
  const missing: string[] = []
  for (const path of wanted) if (!(await files.match(path))) missing.push(path)
  await files.addAll(missing)
  await Promise.allSettled([...PAGES, ...EXTRAS].map((path) => shell.add(path)))
}

self.addEventListener('activate', (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()))
})

async function tidy() {
  for (const name of await caches.keys()) if (name !== SHELL && name !== FILES) await caches.delete(name)
  const current = new Set(immutable.map(({ path }) => `/${path.replace(/^\//, '')}`))
  const files = await caches.open(FILES)
  for (const request of await files.keys()) {
    if (!current.has(new URL(request.url).pathname)) await files.delete(request)
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isFile(url.pathname)) event.respondWith(fromCache(request))
  else if (EXTRAS.includes(url.pathname)) event.respondWith(fromNetwork(request, url.pathname))
  else if (request.mode === 'navigate') event.respondWith(page(event, url.pathname))
})

/** A file with its hash in its name never changes. */
async function fromCache(request: Request): Promise<Response> {
  const files = await caches.open(FILES)
  const kept = await files.match(request.url)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await files.put(request.url, fresh.clone())
  return fresh
}

async function fromNetwork(request: Request, path: string): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(path)
    if (kept) return kept
    throw error
  }
}

/** The network first; without it the page kept for that address, else the page that says so. Personal pages are never kept. */
async function page(event: FetchEvent, path: string): Promise<Response> {
  const shell = await caches.open(SHELL)
  const own = PAGES.find((known) => path === known || path.startsWith(`${known}/`))
  const kept = own && ((await shell.match(path)) ?? (await shell.match(own)))
  const fresh = fetch(event.request).then(async (answer) => {
    if (own === path && answer.ok && !answer.redirected) await shell.put(path, answer.clone())
    return answer
  })
  // What comes too late for this time is kept for the next.
  event.waitUntil(fresh.catch(() => {}))
  try {
    return await (kept ? Promise.race([fresh.then(assertSound), tooLate()]) : fresh)
  } catch (error) {
    const instead = kept ?? (await shell.match('/offline'))
    if (instead) return instead
    throw error
  }
}

/** Behind a proxy whose server is gone there is an answer, and no page. */
function assertSound(answer: Response): Response {
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}`)
  return answer
}

/** A guard with a queue at the door does not wait for a line that hangs. */
const tooLate = () =>
  new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('The network hangs')), PATIENCE_MS))
