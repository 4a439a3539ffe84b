import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rowOf, type Stage, scenario } from '../../../test/app.ts'
import { lan } from '../../../test/people.ts'
import { listRevokedAfter } from './code-queries.ts'
import { listRevokedCodes } from './revoked-codes.ts'

const now = new Date('2026-11-22T02:00:00.000Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const DAY = 24 * 60

const revokeCard = async (t: Stage, at: Date, id = randomBytes(8).toString('hex')) => {
  await t.sql`
    insert into paper_cards (id, person_id, issued_at, revoked_at)
    values (decode(${id}, 'hex'), ${rowOf(lan).id}, ${later(-90 * DAY)}, ${at})`
  return id
}
/** One after the other, each a second after the last one. */
const revokeCards = (t: Stage, count: number) => t.sql`
  insert into paper_cards (id, person_id, issued_at, revoked_at)
  select int8send(n), ${rowOf(lan).id}, ${later(-90 * DAY)}, ${now}::timestamptz - (${count} - n) * interval '1 second'
  from generate_series(1, ${count}::int) as n`

/** What a gate is told at that time, who knows the version. */
const ask = async (t: Stage, at: Date, since?: string) => {
  t.now(at)
  const { codes, ...told } = await listRevokedCodes(t.ctx(), since)
  return { ids: codes.map(({ id }) => id), codes, ...told }
}

scenario('who has the list is told what was revoked since, and who has not the whole', async (_as, t) => {
  const first = await revokeCard(t, later(-1))
  const whole = await ask(t, now)
  assert.deepEqual([whole.ids, whole.more], [[first], false])
  assert.deepEqual((await ask(t, now, whole.version)).ids, [])
  const second = await revokeCard(t, later(3))
  const added = await ask(t, later(4), whole.version)
  assert.deepEqual(added.ids, [second])
  assert.deepEqual((await ask(t, later(20), added.version)).ids, [])
  const ahead = [`${later(60).getTime()}.0`, `${later(60).getTime()}-${first}`]
  for (const unknown of [undefined, '', 'hello', '17-', '1-00ff', '12.', ...ahead])
    assert.deepEqual((await ask(t, later(20), unknown)).ids, [first, second], unknown)
})

scenario('what a slow transaction revoked before the gate asked is told afterwards', async (_as, t) => {
  const quick = await revokeCard(t, later(-1))
  const { version } = await ask(t, now)
  const slow = await revokeCard(t, later(-5))
  const told = await ask(t, later(2), version)
  assert.deepEqual(told.ids, [slow, quick])
  assert.deepEqual((await ask(t, later(4), told.version)).ids, [])
})

scenario('a phone is on the list until its last certificate has ended by itself', async (as, t) => {
  t.now(now)
  const publicKey = randomBytes(32).toString('base64')
  const { id, certificates } = (await as(lan)('POST', '/me/devices', { publicKey })).body
  t.now(later(DAY))
  assert.equal((await as(lan)('DELETE', `/me/devices/${id}`)).status, 204)
  const { codes } = await ask(t, later(14 * DAY - 1))
  assert.deepEqual(codes, [{ id, until: new Date(certificates[0].expiresAt) }])
  assert.deepEqual((await ask(t, later(14 * DAY + 1))).ids, [])
})

scenario('a long list comes in pieces, each code once', async (_as, t) => {
  await revokeCards(t, 12_000)
  const told: string[] = []
  const pieces: number[] = []
  for (let since: string | undefined, more = true; more; ) {
    const piece = await ask(t, now, since)
    told.push(...piece.ids)
    pieces.push(piece.ids.length)
    since = piece.version
    more = piece.more
  }
  assert.deepEqual(pieces, [5000, 5000, 2000])
  assert.equal(new Set(told).size, 12_000)
})

scenario('of a country’s list only the piece that is told is read, by an index', async (_as, t) => {
  await revokeCards(t, 100_000)
  await t.sql`analyze paper_cards, devices`
  for (const at of [new Date(0), later(-10)]) {
    const query = listRevokedAfter(t.sql, { at, id: '' }, { renewedAfter: later(-14 * DAY), most: 5000 })
    const lines = await t.sql`explain (analyze, timing off) ${query}`
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n')
    assert.match(plan, /Index (Only )?Scan using paper_cards_revoked/)
    assert.doesNotMatch(plan, /Seq Scan on paper_cards/)
    const read = [...plan.matchAll(/paper_cards.*actual rows=([\d.]+)/g)].map(([, rows]) => Number(rows))
    assert.ok(Math.max(...read) <= 5000, plan)
  }
})
