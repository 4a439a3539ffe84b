import assert from 'node:assert/strict'
import { addKey } from '../src/modules/accounts/index.ts'
import type { Ask, Stage } from './app.ts'
import { BA_DINH, hoa, lan, minh, NHA_TRANG, stranger, strangerOfficer, tu, type Who } from './people.ts'

/** What is asked for: Lan's and Hoa's things in Nha Trang, or a stranger's in Hà Nội. */
export type Things = {
  person: string
  place: string
  placeCode: string
  guard: string
  bus: string
  event: string
  guest: string
  trip: string
  case: string
  trace: string
  batch: string
  marking: string
  contact: string
  warning: string
  followUp: string
  handOver: string
  stay: { placeId: string; arrivedAt: string; from: string; to: string }
  point: string
  notice: string
  run: string
  challenge: string
  zone: string
  area: string
}

/** The commune beside. */
const WEST_NHA_TRANG = '22390'

/** Of nothing. */
const id = '00000000-0000-7000-9000-00000000000a'

export const newZone = (area: string) => ({
  name: 'Tổ 5',
  areaCode: area,
  unitCodes: [area],
  level: 'limited',
  measures: 'Không tụ tập',
  startsAt: '2026-11-22T00:00:00Z',
  endsAt: '2026-12-01T00:00:00Z',
})

/**
 * Lan and Hoa in Nha Trang with a case of Lan's that touched Hoa, and the gate of Hoa's market; and the same of
 * strangers in Hà Nội.
 */
export async function setTheStage(as: (who: Who) => Ask, t: Stage) {
  t.now('2026-11-20T03:00:00Z')
  const made = async (who: Who, ...ask: Parameters<Ask>) => {
    const answer = await as(who)(...ask)
    assert.ok(answer.status < 300, `${ask[0]} ${ask[1]}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const side = async (
    sick: Who,
    owner: Who & { phone: string },
    officer: Who,
    area: string,
  ): Promise<Things> => {
    for (const who of [owner, sick])
      await made(who, 'POST', '/people', {
        name: 'Người Thử',
        birthYear: 1980,
        areaCode: area,
        relation: 'self',
      })
    const person = (await made(sick, 'GET', '/me')).person.id
    const place = await made(owner, 'POST', '/places', {
      name: 'Chợ',
      kind: 'market',
      areaCode: area,
      address: '1',
      phone: owner.phone,
    })
    const guard = await made(owner, 'POST', `/places/${place.id}/guards`, {
      phone: area === NHA_TRANG ? tu.phone : '0905000997',
    })
    await made(owner, 'POST', `/places/${place.id}/gates`, { name: 'Cửa Nam', direction: 'both' })
    const bus = await made(owner, 'POST', '/places', {
      name: 'Xe buýt 04',
      kind: 'vehicle',
      areaCode: area,
      address: 'Bến xe',
      phone: owner.phone,
      plate: area === NHA_TRANG ? '79B-012.34' : '29B-012.34',
    })
    const event = await made(owner, 'POST', '/places', {
      name: 'Đám cưới',
      kind: 'wedding',
      areaCode: area,
      address: '2',
      phone: owner.phone,
      startsAt: '2026-11-20T01:00:00Z',
      endsAt: '2026-11-20T05:00:00Z',
    })
    await made(officer, 'POST', `/places/${event.id}/guests`, { guests: [{ name: 'Cô Ba' }] })
    const [guest] = (await made(officer, 'GET', `/places/${event.id}/guests`)).items
    const trip = await made(owner, 'POST', `/places/${bus.id}/trips`, { from: 'Bến xe', to: 'Chợ' })
    for (const who of new Set([sick, owner])) {
      const scan = { placeCode: place.code, direction: 'in', at: '2026-11-19T01:00:00Z' }
      await made(who, 'PUT', `/visits/${crypto.randomUUID()}`, scan)
      await made(who, 'PUT', `/visits/${crypto.randomUUID()}`, {
        ...scan,
        direction: 'out',
        at: '2026-11-19T02:00:00Z',
      })
    }
    const sickness = await made(officer, 'POST', '/cases', {
      personId: person,
      diseaseId: 'covid-19',
      onsetOn: '2026-11-19',
    })
    const trace = await made(officer, 'POST', `/cases/${sickness.id}/traces`, {})
    const batch = await made(officer, 'POST', '/trace-batches', { caseIds: [sickness.id] })
    await t.runJobs()
    const marking = await made(officer, 'POST', `/cases/${sickness.id}/contacts`, {
      traceId: trace.id,
      all: true,
      label: 'F1',
    })
    const warning = sick === owner ? id : (await made(owner, 'GET', '/me/warnings')).items[0].id
    const followUp = (await made(officer, 'GET', '/follow-ups')).items[0]?.id
    const handOver =
      followUp &&
      (await made(officer, 'POST', '/hand-overs', { followUpIds: [followUp], areaCode: WEST_NHA_TRANG }))
        .ids[0]
    const points = `/cases/${sickness.id}/exposure-points`
    const stays = (await made(officer, 'GET', points)).items.map((one: any) => ({
      placeId: one.place.id,
      arrivedAt: one.stay.arrivedAt,
      from: one.from,
      to: one.to,
    }))
    const point = await made(officer, 'POST', points, { ...stays[0], status: 'confirmed' })
    const notice = await made(officer, 'POST', `/cases/${sickness.id}/notices`, {
      points: [{ id: point.id }],
    })
    const [run] = (await made(officer, 'GET', '/warning-runs')).items
    const zone = await made(officer, 'POST', '/zones', newZone(area))
    return {
      person,
      place: place.id,
      placeCode: place.code,
      guard: guard.id,
      bus: bus.id,
      event: event.id,
      guest: guest.id,
      trip: trip.id,
      case: sickness.id,
      trace: trace.id,
      batch: batch.id,
      marking: marking.id,
      contact: id,
      warning,
      followUp: followUp ?? id,
      handOver: handOver ?? id,
      stay: stays[0],
      point: point.id,
      notice: notice.id,
      run: run?.id ?? id,
      challenge: id,
      zone: zone.id,
      area,
    }
  }
  const own = await side(lan, hoa, minh, NHA_TRANG)
  const foreign = await side(stranger, stranger, strangerOfficer, BA_DINH)
  const [place] = await t.sql`select id from places where public_id = ${own.place}`
  const { token } = await addKey(t.ctx(), { name: 'gate', role: 'gate', areaId: null, placeId: place!.id })
  const gate: Who = { kind: 'key', name: 'gate at the market', token }
  return { own, foreign, gate }
}

class Undone extends Error {}

/** Asks, and takes back whatever it did. */
export async function undone<T>(t: Stage, ask: () => Promise<T>): Promise<T> {
  let answer: T
  try {
    await (t.sql as never as { savepoint: (work: () => Promise<void>) => Promise<void> }).savepoint(
      async () => {
        answer = await ask()
        throw new Undone()
      },
    )
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return answer!
}
