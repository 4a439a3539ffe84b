import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hintOf, makeServerCode } from '@lachan/contract/codes.ts'
import type { Context } from '../../platform/context.ts'
import { type Sql, transact } from '../../platform/database.ts'
import { addAccount, openSession } from '../accounts/index.ts'
import { holderOfPhone, normalizePhone } from '../people/index.ts'
import { accounts, citizens, hoa, lan, PASSWORD, places, son, tu } from './cast.ts'

const NAMES = new URL('../../../../data/people/names.json', import.meta.url)
const CROWD = 120
const DAYS = 3
const HOUR = 3600_000

type Weighted = [string, number][]
type BySex = Record<'male' | 'female', Weighted>
type Names = { surnames: Weighted; middles: BySex; givens: BySex }

/** Calls the API as somebody: the demo is made through the same door as everything else. */
export type Ask = (
  token: string,
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
) => Promise<{ status: number; body: { id?: string; details?: { id: string } } }>

type Options = { sql: Sql; context: (sql: Sql) => Context; ask: Ask; now: Date }

/** A small deterministic generator: the demo is the same on every machine, and filling it twice changes nothing. */
function dice(seed: string) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)]!,
    weighted: (list: Weighted) => {
      let rest = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of list) {
        rest -= weight
        if (rest < 0) return value
      }
      return list[0]![0]
    },
  }
}

/** A stable uuid for a thing of the demo. */
const idOf = (name: string) => {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Fills an imaginary ward: accounts, people, places, declarations, and three days of coming and going. */
export async function fill({ sql, context, ask, now }: Options) {
  const names = JSON.parse(readFileSync(NAMES, 'utf8')) as Names
  const { between, next, pick, weighted } = dice('lachan demo')

  for (const account of accounts)
    await transact(sql, (tx) =>
      addAccount(context(tx), { ...account, password: PASSWORD, demo: true }),
    ).catch(ignoreTaken)

  const crowd = Array.from({ length: CROWD }, (_, at) => {
    const sex = next() < 0.5 ? ('male' as const) : ('female' as const)
    const name = [weighted(names.surnames), weighted(names.middles[sex]), weighted(names.givens[sex])].join(
      ' ',
    )
    const areaCode = pick(['22366', '22366', '22366', '22333', '22390', '22402'])
    const phone = `09050${String(10_000 + at)}`
    return {
      phone,
      name,
      birthYear: between(1945, 2006),
      sex,
      areaCode,
      address: `${between(1, 200)} Đường số ${between(1, 30)}`,
    }
  })

  const signedIn = new Map<string, { token: string; personId: string }>()
  for (const person of [...citizens.map((one) => one.person), ...crowd]) {
    const { phone, ...details } = person
    const session = await transact(sql, async (tx) => {
      const holder = await holderOfPhone(context(tx), normalizePhone(phone))
      const { token } = await openSession(context(tx), { holderId: holder.id })
      return { token, personId: holder.publicId }
    })
    signedIn.set(phone, session)
    await must(ask(session.token, 'POST', '/people', { ...details, relation: 'self' }))
    // Lan declares herself, when she tries the demo.
    if (person === lan) continue
    const coughs = person !== son && next() < 0.02
    await must(
      ask(session.token, 'POST', '/declarations', {
        id: idOf(`declaration ${phone}`),
        formId: 'general',
        formVersion: 1,
        personId: session.personId,
        answers: healthAnswers(coughs),
      }),
    )
  }

  const owner = signedIn.get(hoa.phone)!
  const opened: { id: string; index: number }[] = []
  for (const [index, place] of places.entries()) {
    const holder = index === 0 ? hoa : crowd[index]!
    const answer = await ask(signedIn.get(holder.phone)!.token, 'POST', '/places', {
      ...place,
      phone: holder.phone,
    })
    const id = answer.body.details?.id ?? answer.body.id // made by an earlier, unfinished filling, or just now
    if (!id) throw failed(answer)
    opened.push({ id, index })
  }
  const marketId = opened[0]!.id
  const { keys } = context(sql).services
  await ask(owner.token, 'POST', `/places/${marketId}/guards`, { phone: tu.phone, name: tu.name })

  const midnight = Math.floor((now.getTime() + 7 * HOUR) / (24 * HOUR)) * 24 * HOUR - 7 * HOUR
  const scans = new Map<string, object[]>(opened.map(({ id }) => [id, []]))
  const stay = (phone: string, at: number, from: number, minutes: number, leaves: boolean) => {
    const place = opened[at]!
    const { personId } = signedIn.get(phone)!
    const note = (direction: 'in' | 'out', when: number) => {
      if (when >= now.getTime()) return
      const id = idOf(`${phone} ${place.id} ${direction} ${when}`)
      const shown = { personId, hint: hintOf(null, null), decision: null, issuedAt: new Date(when) }
      const code = makeServerCode(shown, (body) => keys.sign(body))
      scans.get(place.id)!.push({ id, placeId: place.id, at: new Date(when).toISOString(), direction, code })
    }
    note('in', from)
    if (leaves) note('out', from + minutes * 60_000)
  }
  for (let day = DAYS; day >= 0; day--) {
    const start = midnight - day * 24 * HOUR
    for (const { phone } of crowd) {
      let at = start + between(6 * 60, 10 * 60) * 60_000
      for (let visit = between(1, 4); visit > 0; visit--) {
        const minutes = between(15, 150)
        stay(phone, next() < 0.3 ? 0 : between(0, places.length - 1), at, minutes, next() < 0.8)
        at += (minutes + between(10, 120)) * 60_000
      }
    }
    // Sơn goes to the market every morning and eats at Cô Ba's: this is what the trace will find.
    if (day > 0) {
      stay(son.phone, 0, start + 7 * HOUR, 75, true)
      stay(son.phone, 3, start + 11 * HOUR + 30 * 60_000, 50, true)
      stay(tu.phone, 0, start + 6 * HOUR + 30 * 60_000, 300, true)
      stay(lan.phone, 0, start + 7 * HOUR + 20 * 60_000, 40, true)
    }
  }
  for (const { id, index } of opened) {
    const list = scans.get(id)!
    const keeper = index === 0 ? hoa : crowd[index]!
    for (let from = 0; from < list.length; from += 1000)
      await must(
        ask(signedIn.get(keeper.phone)!.token, 'POST', '/scans', { scans: list.slice(from, from + 1000) }),
      )
  }
  return { marketId }
}

const healthAnswers = (coughs: boolean) => ({
  travelled: false,
  hasSymptoms: coughs,
  ...(coughs ? { symptoms: ['cough'] } : {}),
  contactPatient: false,
  contactAffectedCountry: false,
  contactSymptoms: false,
})

const ignoreTaken = (error: { code?: string }) => {
  if (error.code !== 'account.loginTaken') throw error
}

const failed = ({ status, body }: Awaited<ReturnType<Ask>>) =>
  new Error(`The demo could not be filled: ${status} ${JSON.stringify(body)}`)

async function must(asked: ReturnType<Ask>) {
  const answer = await asked
  if (answer.status >= 400) throw failed(answer)
}
