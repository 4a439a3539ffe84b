import { addDays } from '../../../platform/days.ts'
import type { Words } from '../../../platform/problem.ts'
import type { Airing } from '../airing.ts'
import { chainProblem } from './problems.ts'

/** A case as chains see it: by its row, and the day on which its illness began. */
type Days = ReadonlyMap<number, string>
export type Link = { infectedId: number; infectorId: number | null; placeId: number | null }

/**
 * People who fell ill from one place or event: infections there, as long as no more days lie between one onset and
 * the next than a chain needs to end. It stands for those whose infector is not known.
 */
export type Event = {
  placeId: number
  /** Which one of the place, in the order of time. */
  number: number
  caseIds: number[]
  /** Those of them of whom only the place is known. */
  sourceOf: number[]
  /** Who is known to have infected others there. */
  infectorIds: number[]
  /** Those of them who may have brought the infection there: not infected there, and ill no later than anybody who was. */
  broughtBy: number[]
}

export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

// — chains

/** A chain is over when nobody fell ill for twice the longest incubation. */
export const quietDays = (longestIncubationDays: number) => 2 * longestIncubationDays

/** The last day on which a new case may still belong to the chain. */
export const endsOn = (lastOn: string, longestIncubationDays: number) =>
  addDays(lastOn, quietDays(longestIncubationDays))

/** The events among these links. Cases that `days` does not know are left out. */
export function eventsOf(days: Days, links: readonly Link[], gapDays: number): Event[] {
  const byPlace = new Map<number, Link[]>()
  for (const link of links)
    if (link.placeId !== null && days.has(link.infectedId))
      byPlace.set(link.placeId, [...(byPlace.get(link.placeId) ?? []), link])
  const events: Event[] = []
  for (const [placeId, there] of [...byPlace].sort(([one], [other]) => one - other)) {
    const inOrder = there.sort((one, other) => byDay(days)(one.infectedId, other.infectedId))
    let event: Event | undefined
    let last = ''
    let number = 0
    for (const { infectedId, infectorId } of inOrder) {
      const day = days.get(infectedId)!
      if (!event || daysBetween(last, day) > gapDays) {
        event = { placeId, number: number++, caseIds: [], sourceOf: [], infectorIds: [], broughtBy: [] }
        events.push(event)
      }
      last = day
      if (event.caseIds.at(-1) !== infectedId) event.caseIds.push(infectedId)
      if (infectorId === null) event.sourceOf.push(infectedId)
      else if (days.has(infectorId) && !event.infectorIds.includes(infectorId))
        event.infectorIds.push(infectorId)
    }
  }
  for (const event of events)
    event.broughtBy = event.infectorIds.filter(
      (id) => !event.caseIds.includes(id) && days.get(id)! <= days.get(event.caseIds[0]!)!,
    )
  return events.filter(({ sourceOf }) => sourceOf.length > 0)
}

const byDay = (days: Days) => (one: number, other: number) => {
  const [a, b] = [days.get(one) ?? '', days.get(other) ?? '']
  return a < b ? -1 : a > b ? 1 : one - other
}

/** Cases that hang together by infector or by event, smallest row first in each and between them; also single ones. */
export function chainsOf(days: Days, links: readonly Link[], gapDays: number): number[][] {
  const parent = new Map([...days.keys()].map((id) => [id, id]))
  const rootOf = (id: number): number => {
    let root = id
    while (parent.get(root) !== root) root = parent.get(root)!
    for (let at = id; at !== root; ) {
      const next = parent.get(at)!
      parent.set(at, root)
      at = next
    }
    return root
  }
  const join = (one: number, other: number) => {
    if (!parent.has(one) || !parent.has(other)) return
    const [a, b] = [rootOf(one), rootOf(other)]
    if (a !== b) parent.set(Math.max(a, b), Math.min(a, b))
  }
  for (const { infectedId, infectorId } of links) if (infectorId !== null) join(infectorId, infectedId)
  for (const { caseIds, infectorIds } of eventsOf(days, links, gapDays))
    for (const id of [...caseIds, ...infectorIds]) join(caseIds[0]!, id)
  const chains = new Map<number, number[]>()
  for (const id of [...days.keys()].sort((one, other) => one - other)) {
    const root = rootOf(id)
    chains.set(root, [...(chains.get(root) ?? []), id])
  }
  return [...chains.values()]
}

/** A case by its row, an event by its place and number. */
export type NodeKey = number | `${number}/${number}`
export const eventKey = ({ placeId, number }: Event): NodeKey => `${placeId}/${number}`

/**
 * How many infections lie between a beginning and each case or event, by the shortest way. What nobody infected is a
 * beginning; where links go round in a circle, the case of it that fell ill first. An event that somebody began is of
 * their generation, one of which nobody is known to have brought the infection is a beginning itself.
 */
export function generationsOf(days: Days, links: readonly Link[], gapDays: number): Map<NodeKey, number> {
  const next = new Map<NodeKey, { to: NodeKey; step: 0 | 1 }[]>()
  const infected = new Set<NodeKey>()
  const connect = (from: NodeKey, to: NodeKey, step: 0 | 1) => {
    next.get(from)!.push({ to, step })
    infected.add(to)
  }
  const events = eventsOf(days, links, gapDays)
  const cases = [...days.keys()].sort(byDay(days))
  for (const key of [...cases, ...events.map(eventKey)]) next.set(key, [])
  for (const { infectedId, infectorId } of links)
    if (infectorId !== null && days.has(infectorId) && days.has(infectedId))
      connect(infectorId, infectedId, 1)
  for (const event of events) {
    for (const id of event.broughtBy) connect(id, eventKey(event), 0)
    for (const id of event.sourceOf) connect(eventKey(event), id, 1)
  }

  const before = new Map<NodeKey, NodeKey[]>([...next.keys()].map((key) => [key, []]))
  for (const [from, ways] of next) for (const { to } of ways) before.get(to)!.push(from)
  const upwards = (key: NodeKey) => {
    const seen = new Set([key])
    const waiting = [key]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const from of before.get(at)!)
        if (!seen.has(from)) {
          seen.add(from)
          waiting.push(from)
        }
    return seen
  }
  /** Of the circle in which all ways to somebody begin, the case that fell ill first. */
  const firstOfCircle = (key: NodeKey): NodeKey => {
    let circle = upwards(key)
    let higher: NodeKey | undefined = key
    for (let at = key; higher !== undefined; at = higher) {
      circle = upwards(at)
      higher = [...circle].find((one) => !upwards(one).has(at))
      if (higher === undefined) break
    }
    return cases.find((id) => circle.has(id))!
  }

  const reached = new Set<NodeKey>()
  const beginnings: NodeKey[] = []
  const begin = (key: NodeKey) => {
    if (reached.has(key)) return
    beginnings.push(key)
    reached.add(key)
    const waiting = [key]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const { to } of next.get(at)!)
        if (!reached.has(to)) {
          reached.add(to)
          waiting.push(to)
        }
  }
  for (const key of next.keys()) if (!infected.has(key)) begin(key)
  for (const key of cases) while (!reached.has(key)) begin(firstOfCircle(key))

  const generations = new Map<NodeKey, number>()
  let level: NodeKey[] = beginnings
  for (let generation = 0; level.length > 0; generation++) {
    const following: NodeKey[] = []
    const here = [...level]
    for (let key = here.pop(); key !== undefined; key = here.pop()) {
      if (generations.has(key)) continue
      generations.set(key, generation)
      for (const { to, step } of next.get(key)!) (step === 0 ? here : following).push(to)
    }
    level = following
  }
  return generations
}

// — what is counted

/** How often each value was seen, as figures. The median of an even number of values lies between the two in the middle. */
export function distributionOf(counts: readonly { value: number; count: number }[]) {
  const values = counts
    .filter(({ count }) => count > 0)
    .sort((one, other) => one.value - other.value)
    .map(({ value, count }) => ({ value, count }))
  const n = values.reduce((sum, { count }) => sum + count, 0)
  if (n === 0) return { n, mean: null, median: null, sd: null, min: null, max: null, values }
  const mean = values.reduce((sum, { value, count }) => sum + value * count, 0) / n
  const squares = values.reduce((sum, { value, count }) => sum + count * (value - mean) ** 2, 0)
  const nth = (index: number) => {
    let before = 0
    for (const { value, count } of values) {
      before += count
      if (index < before) return value
    }
    return values.at(-1)!.value
  }
  return {
    n,
    mean,
    median: (nth(Math.floor((n - 1) / 2)) + nth(Math.floor(n / 2))) / 2,
    sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null,
    min: values[0]!.value,
    max: values.at(-1)!.value,
    values,
  }
}

/** Whom cases infected: `infected` people each, that many cases. A fifth of the cases is rounded up. */
export function offspringOf(counts: readonly { infected: number; cases: number }[]) {
  const most = counts
    .filter(({ cases }) => cases > 0)
    .sort((one, other) => other.infected - one.infected)
    .map(({ infected, cases }) => ({ infected, cases }))
  const cases = most.reduce((sum, one) => sum + one.cases, 0)
  const infections = most.reduce((sum, one) => sum + one.infected * one.cases, 0)
  let left = Math.ceil(cases / 5)
  let byTopFifth = 0
  for (const one of most) {
    const taken = Math.min(left, one.cases)
    byTopFifth += taken * one.infected
    left -= taken
  }
  const none = most.find(({ infected }) => infected === 0)?.cases ?? 0
  return {
    cases,
    infections,
    mean: cases === 0 ? null : infections / cases,
    max: most[0]?.infected ?? 0,
    shareNone: cases === 0 ? null : none / cases,
    topFifthShare: infections === 0 ? null : byTopFifth / infections,
    counts: most.reverse(),
  }
}

export const countsOf = (values: readonly number[]) => {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count }))
}

// — where somebody may have caught it

/** A moment in which somebody was where an earlier case could infect others. */
export type Meeting = { placeId: number; caseId: number; from: Date; to: Date; estimated: boolean }

type Together = Meeting & { seconds: number }
export type Source = { placeId: number; score: number; seconds: number; meetings: Together[] }

const MOST_HOURS = 4

/**
 * Of an earlier case: a point if they were together for as long as the rule of contacts asks (else that part of it),
 * and half a point for each hour together, up to four hours.
 */
export const scoreOf = (seconds: number, minOverlapSeconds: number) =>
  (minOverlapSeconds === 0 ? 1 : Math.min(1, seconds / minOverlapSeconds)) +
  Math.min(MOST_HOURS, seconds / 3600) / 2

/** Places by what they score, each with its earlier cases. A moment counts once, however many stays say it. */
export function rankSources(meetings: readonly Meeting[], minOverlapSeconds: number): Source[] {
  const places = new Map<number, Map<number, Together[]>>()
  const inOrder = [...meetings].sort((one, other) => one.from.getTime() - other.from.getTime())
  for (const meeting of inOrder) {
    if (meeting.from >= meeting.to) continue
    const cases = places.get(meeting.placeId) ?? new Map<number, Together[]>()
    places.set(meeting.placeId, cases)
    const known = cases.get(meeting.caseId) ?? []
    cases.set(meeting.caseId, known)
    const last = known.at(-1)
    if (last && meeting.from <= last.to) {
      if (meeting.to > last.to) last.to = meeting.to
      last.estimated ||= meeting.estimated
    } else known.push({ ...meeting, seconds: 0 })
  }
  return [...places]
    .map(([placeId, cases]) => {
      let score = 0
      let seconds = 0
      for (const together of cases.values()) {
        for (const one of together) one.seconds = Math.floor((one.to.getTime() - one.from.getTime()) / 1000)
        const sum = together.reduce((total, one) => total + one.seconds, 0)
        score += scoreOf(sum, minOverlapSeconds)
        seconds += sum
      }
      return {
        placeId,
        score: Math.round(score * 100) / 100,
        seconds,
        meetings: [...cases.values()].flat().sort((one, other) => one.from.getTime() - other.from.getTime()),
      }
    })
    .sort(
      (one, other) => other.score - one.score || other.seconds - one.seconds || one.placeId - other.placeId,
    )
}

/** To the minute: many meetings of many cases come to days. */
export function spokenTime(seconds: number): Words {
  const minutes = Math.round(seconds / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const said = (hour: string, minute: string) =>
    [hours > 0 ? `${hours} ${hour}` : '', rest > 0 || hours === 0 ? `${rest} ${minute}` : '']
      .filter(Boolean)
      .join(' ')
  return { vi: said('giờ', 'phút'), en: said(hours === 1 ? 'hour' : 'hours', 'minutes') }
}

const spokenAfter = (seconds: number | null): Words =>
  seconds === null ? { vi: 'không tính', en: 'not counted' } : spokenTime(seconds)

/** How long after an earlier case has left it still counts. */
export function spokenAir({ airingSeconds, airingByVentilation: by }: Airing): Words {
  if (!by) return spokenAfter(airingSeconds)
  const [sealed, conditioned] = [spokenAfter(by.sealed), spokenAfter(by.conditioned)]
  const [natural, open] = [spokenAfter(by.natural), spokenAfter(by.open)]
  return {
    vi: `phòng kín ${sealed.vi}, điều hoà ${conditioned.vi}, thông gió tự nhiên ${natural.vi}, ngoài trời ${open.vi}`,
    en: `sealed rooms ${sealed.en}, air-conditioned ${conditioned.en}, aired by windows ${natural.en}, in the open ${open.en}`,
  }
}

// — links

/** An infection lies before the onset of who was infected, and by no more than the longest incubation. */
export function assertExposure(
  exposedOn: string | null,
  infected: { beganOn: string },
  longestIncubationDays: number,
) {
  if (exposedOn === null) return
  const earliest = addDays(infected.beganOn, -longestIncubationDays)
  if (exposedOn > infected.beganOn || exposedOn < earliest)
    throw chainProblem.exposureUnlikely({
      fields: [{ field: 'exposedOn', reason: `${earliest} – ${infected.beganOn}` }],
    })
}
