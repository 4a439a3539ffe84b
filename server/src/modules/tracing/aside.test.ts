import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Ask, rowOf, type Stage, scenario } from '../../../test/app.ts'
import { hoa, lan, minh, NHA_TRANG, tu, type Who } from '../../../test/people.ts'
import { doubtNumber } from '../visits/index.ts'

type As = (who: Who) => Ask

const at = (time: string, day = '20') => `2026-11-${day}T${time}:00.000Z`

async function open(as: As, name: string) {
  const place = { name, kind: 'shop', areaCode: NHA_TRANG, address: '1 Lê Lợi', phone: hoa.phone }
  const { status, body } = await as(hoa)('POST', '/places', place)
  assert.equal(status, 201, JSON.stringify(body))
  return body.id as string
}

const numberOf = (who: { phone: string }) => ({ code: `tel:${who.phone}`, vouched: true })

async function scan(as: As, placeId: string, who: { phone: string }, time: string, direction = 'in') {
  const sent = { id: randomUUID(), placeId, at: time, direction, ...numberOf(who) }
  const { body } = await as(hoa)('POST', '/scans', { scans: [sent] })
  assert.equal(body.accepted, 1, JSON.stringify(body))
  return sent.id
}

async function takeBack(as: As, placeId: string, id: string) {
  const { body } = await as(hoa)('POST', '/scans/undone', { scans: [{ id, placeId }] })
  assert.deepEqual(body.undone, [id])
}

/** Lan falls ill: whom a trace finds. */
async function contactsOf(as: As, t: Stage) {
  const own = { name: 'Trần Thị Lan', birthYear: 1990, areaCode: NHA_TRANG, relation: 'self' }
  await as(lan)('POST', '/people', own)
  const personId = (await as(lan)('GET', '/me')).body.person.id
  const sick = { personId, diseaseId: 'covid-19', onsetOn: '2026-11-20' }
  const { body } = await as(minh)('POST', '/cases', sick)
  const { id } = (await as(minh)('POST', `/cases/${body.id}/traces`, {})).body
  await t.runJobs()
  return (await as(minh)('GET', `/traces/${id}/contacts`)).body.items
}

const told = (contact: any) =>
  contact.setAside?.map(({ place, on, reason, scans, isMore }: any) =>
    [place.name, on, reason, scans, ...(isMore ? ['more'] : [])].join(' '),
  )

scenario('what is set aside of a contact where they were met is told with them', async (as, t) => {
  t.now(at('01:00'))
  const shop = await open(as, 'Quán Bà Hoa')
  const other = await open(as, 'Tiệm bên cạnh')
  await scan(as, shop, lan, at('01:00'))
  await scan(as, shop, tu, at('01:00'))
  t.now(at('01:10'))
  await takeBack(as, shop, await scan(as, shop, tu, at('01:10'), 'out'))
  await takeBack(as, other, await scan(as, other, tu, at('01:10')))
  t.now(at('01:00', '21'))
  await takeBack(as, shop, await scan(as, shop, tu, at('01:00', '21')))
  const [contact] = await contactsOf(as, t)
  assert.equal(contact.exposures.length, 1)
  assert.deepEqual(told(contact), ['Quán Bà Hoa 2026-11-20 takenBack 1'])
})

scenario('with a bound for each reason, and nothing where there is nothing', async (as, t) => {
  t.now(at('01:00'))
  const shop = await open(as, 'Quán Bà Hoa')
  await scan(as, shop, lan, at('01:00'))
  await scan(as, shop, tu, at('01:00'))
  await scan(as, shop, { phone: '0905000777' }, at('01:00'))
  await t.sql`
    insert into scans (id, place_id, person_id, at, received_at, direction, source, via, doubt)
    select gen_random_uuid(), (select id from places where public_id = ${shop}), ${rowOf(tu).id},
      ${at('02:00')}::timestamptz + make_interval(secs => n), ${at('02:00')}, 1, 1, 8,
      case n when 200 then ${doubtNumber('takenBack')}::int else ${doubtNumber('travel')} end
    from generate_series(0, 200) as n`
  t.now(at('03:00'))
  const contacts = await contactsOf(as, t)
  assert.deepEqual(contacts.map(told).toSorted(), [
    ['Quán Bà Hoa 2026-11-20 travel 100 more', 'Quán Bà Hoa 2026-11-20 takenBack 1'],
    undefined,
  ])
})
