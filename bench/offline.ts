import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killTab, standAtGate, typeAsReader } from '../e2e/stage/gate.ts'
import { startServer } from '../e2e/stage/server.ts'
import { connect, type Sql } from '../server/src/platform/database.ts'
import { median, percentile } from './cluster.ts'
import type { Measure, Settings } from './main.ts'

type Page = Awaited<ReturnType<typeof killTab>>

const SCANS = 10_000
/** At the beginning and at the end of the queue the page is looked at for so many scans. */
const LOOKED_AT = 500
const BODY = 250
const PATIENCE_MS = 600_000
const CROWDED = 'Đang đông: thôi hỏi số điện thoại'

/** The numbers 000 and 001 are of no province: nobody has them. */
const cardOf = (province: string, number: number) =>
  `${province}19${String(number).padStart(7, '0')}||Người Thử|01021990|Nam|Thôn Ví Dụ|01032021`

/**
 * A day at a gate without network: a reader types one card after the other into the real page, the tab is killed on
 * the way and at the end, then the network comes back. Beside it the same number of scans in the same bodies, sent
 * by a client that keeps nothing.
 */
export async function offline({ size = SCANS, say }: Settings): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lachan-bench-'))
  const server = await startServer(folder)
  try {
    await inDatabase(folder, liftPace)
    const gate = await standAtGate(server.url)
    try {
      return await measure(gate.page, { folder, size, say })
    } finally {
      await gate.close()
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  page: Page,
  { folder, size, say }: Pick<Settings, 'say'> & { folder: string; size: number },
) {
  const context = page.context()
  await context.setOffline(true)
  const half = Math.ceil(size / 2)
  say(`offline: ${size} cards …`)
  const began = performance.now()
  const before = await typeCards(page, 0, half)
  const second = await reopen(page, half)
  const after = await typeCards(second.page, half, size)
  const typed = performance.now() - began
  const third = await reopen(second.page, size)

  say('offline: the network is back …')
  const sent = await sendAll(third.page)
  const stored = await countStored(folder)
  if (stored.scans !== size || stored.ids !== size || stored.people !== size)
    throw new Error(
      `Of ${size} scans the database has ${stored.scans}, with ${stored.ids} ids, of ${stored.people} people`,
    )
  const bare = await sendBare(third.page, size)

  const waits = [...before, ...after]
  const [first, last] = [waits.slice(0, LOOKED_AT), waits.slice(-LOOKED_AT)]
  return [
    {
      what: 'scans kept without network',
      value: size,
      unit: 'scans',
      detail: `typed in ${(typed / 1000).toFixed(0)} s; the tab was killed after ${half} and after ${size}`,
    },
    {
      what: 'from the reader to kept, the queue short',
      value: median(first),
      unit: 'ms',
      detail: `99 of 100 within ${percentile(first, 0.99).toFixed(0)} ms`,
    },
    {
      what: `the same, with ${size} waiting`,
      value: median(last),
      unit: 'ms',
      of: `${median(first).toFixed(1)} ms with none`,
      detail: `99 of 100 within ${percentile(last, 0.99).toFixed(0)} ms`,
    },
    { what: `the page opened anew, with ${size} waiting`, value: third.opened, unit: 'ms' },
    {
      what: 'all sent, once the network is back',
      value: sent.milliseconds / 1000,
      unit: 's',
      detail: `the page stood still for ${sent.stillness.toFixed(0)} ms at most`,
    },
    {
      what: 'sent',
      value: size / (sent.milliseconds / 1000),
      unit: 'scans/s',
      of: `${Math.round(bare)} scans/s by a bare client`,
      detail: `the same bodies by a client that keeps nothing: ${Math.round(bare)} scans/s`,
    },
    {
      what: 'in the database, each once',
      value: stored.scans,
      unit: 'scans',
      detail: 'bar: none lost or doubled, met',
    },
  ]
}

/** Milliseconds from each card's last key to its being kept and counted. */
async function typeCards(page: Page, from: number, to: number): Promise<number[]> {
  // Cards carry no phone: a page asks until it is told that there is a crowd.
  const began = performance.now()
  await typeAsReader(page, cardOf('000', from))
  await page.getByRole('button', { name: CROWDED }).click()
  await page.locator('.queue').waitFor()
  const first = performance.now() - began
  const cards = Array.from({ length: to - from - 1 }, (_, at) => cardOf('000', from + 1 + at))
  const waits = await page.evaluate(
    async ({ cards, kept, patience }) => {
      const counted = () => Number(document.querySelector('.queue strong')?.textContent?.replace(/\D/g, ''))
      const waits: number[] = []
      for (const card of cards) {
        kept++
        const began = performance.now()
        for (const key of [...card, 'Enter'])
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
        while (counted() < kept) {
          if (performance.now() - began > patience) throw new Error(`The card ${kept} was not kept`)
          await new Promise((resolve) => setTimeout(resolve))
        }
        waits.push(performance.now() - began)
      }
      return waits
    },
    { cards, kept: from + 1, patience: 60_000 },
  )
  return [first, ...waits]
}

/** The tab dies and the gate is opened anew, still without network: everything waits as before. */
async function reopen(dying: Page, waiting: number) {
  const page = await killTab(dying)
  const began = performance.now()
  await page.goto('/gate')
  await page.getByText(`${waiting.toLocaleString('vi-VN')} chờ gửi`).waitFor()
  return { page, opened: performance.now() - began }
}

async function sendAll(page: Page) {
  await page.evaluate(() => {
    const watch = { stillness: 0, last: performance.now() }
    Object.assign(globalThis, { watch })
    const tick = () => {
      const now = performance.now()
      watch.stillness = Math.max(watch.stillness, now - watch.last)
      watch.last = now
      setTimeout(tick)
    }
    tick()
  })
  const began = performance.now()
  await page.context().setOffline(false)
  await page.getByText('chờ gửi').waitFor({ state: 'hidden', timeout: PATIENCE_MS })
  const milliseconds = performance.now() - began
  const stillness = await page.evaluate(
    () => (globalThis as unknown as { watch: { stillness: number } }).watch.stillness,
  )
  return { milliseconds, stillness }
}

async function inDatabase<T>(folder: string, work: (sql: Sql) => Promise<T>) {
  // PostgreSQL writes down where its socket is.
  const socket = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[4]!
  const sql = connect(`postgresql://lachan@/lachan?host=${encodeURIComponent(socket)}`, 1)
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Here one guard sends cards as a hundred would: how many one may send in ten minutes is not what is measured. */
const liftPace = (sql: Sql) =>
  sql
    .unsafe(`
      create function forget_count() returns trigger language plpgsql as 'begin new.count := 0; return new; end';
      create trigger forget_count before insert or update on throttles for each row execute function forget_count()`)
    .simple()

/** What the database has of the cards that were typed: nobody else shows cards here. */
const countStored = (folder: string) =>
  inDatabase(folder, async (sql) => {
    const [stored] = await sql<{ scans: number; ids: number; people: number }[]>`
      select count(*)::int as scans, count(distinct id)::int as ids, count(distinct person_id)::int as people
      from scans where via = 4`
    return stored!
  })

/** Scans a second of other cards, sent in the same bodies one after the other. */
async function sendBare(page: Page, size: number) {
  const { request } = page.context()
  const { items } = (await (await request.get('/api/v1/me/places')).json()) as { items: { id: string }[] }
  const began = performance.now()
  for (let from = 0; from < size; from += BODY) {
    const scans = Array.from({ length: Math.min(BODY, size - from) }, (_, at) => ({
      id: crypto.randomUUID(),
      placeId: items[0]!.id,
      at: new Date(Date.now() - (size - from - at)).toISOString(),
      direction: 'in',
      code: cardOf('001', from + at),
    }))
    const answer = await request.post('/api/v1/scans', { data: { scans } })
    const { accepted } = (await answer.json()) as { accepted: number }
    if (accepted !== scans.length) throw new Error(`Of ${scans.length} scans ${accepted} were accepted`)
  }
  return size / ((performance.now() - began) / 1000)
}
