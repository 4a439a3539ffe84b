import type { Schemas } from '@lachan/contract'
import { api, Problem } from '#lib/api.ts'
import type { OwnPlace, Page } from '#lib/shapes.ts'
import type { Clock } from './clock.ts'
import { madeAt, newId } from './ids.ts'
import {
  type DeviceMoment,
  type KeptScan,
  Outbox,
  type RefusedScan,
  type Scan,
  seenIn,
  type Undoing,
  type Waiting,
} from './outbox.ts'
import { RevokedCodes } from './revoked.ts'
import type { GateFacts, Revoked, ScanOutcome } from './told.ts'

type ToldFacts = Omit<GateFacts, 'readAt'> & { revoked: Revoked }

interface ScanAnswer {
  refused: { id: string; code: string; title: string }[]
  results: ScanOutcome[]
  /** Of those that were throttled. */
  retryAfter?: number
}

/** Why scans wait on the device. */
export type Trouble = 'offline' | 'signedOut' | 'busy'

/**
 * What became of a scan: the server's answer; kept for later (`held`: the server knows it, but not from this
 * session); or in this page alone, since the device has no room for it.
 */
export type Taken =
  | { kind: 'answered'; outcome: ScanOutcome }
  | { kind: 'held'; reason: { code: string; title: string } }
  | { kind: 'kept' }
  | { kind: 'loose' }

/** How an undo ended: nothing was sent, the server has nothing of it, it will be asked later, or it was too late. */
export type Undone = 'takenBack' | 'undone' | 'later' | 'tooLate'

/** What the page knows of a scan when it takes it. */
export type NewScan = Omit<KeptScan, 'id' | 'at' | 'device' | 'sent' | 'notBefore' | 'skewSeconds'>

/** On a slow line a larger body would not arrive in time. */
const MOST = 250
// A queue of people waits behind this one: after so long the scan is kept and the next may come.
const PATIENCE_MS = 4000
/** The line was dead a moment ago: nobody waits so long again to find out. */
const SHORT_PATIENCE_MS = 1500
const LATE_PATIENCE_MS = 60_000
const RETRY_MS = 10_000
const LONGEST_RETRY_MS = 5 * 60_000
const HELD_RETRY_MS = 10 * 60_000
const GUARDED_FOR_MS = 10 * 60_000
const LOCK = 'lachan-gate'
const LITTLE_ROOM = 50 * 1024 * 1024

const DAY_MS = 86_400_000

/** Of what anybody could make up the server takes so many at a time; our own codes pass. */
const THROTTLED = 'request.throttled'

/** Refusals that another session, or a later hour, may cure: the scan waits on. */
const isCurable = (code: string, { at }: Scan, now: number) =>
  code.startsWith('access.') ||
  ['place.unknown', 'code.keyUnknown', THROTTLED, 'visit.tooManyNew'].includes(code) ||
  (code === 'visit.fromTheFuture' && Date.parse(at) < now + DAY_MS)

const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof Problem)) return 'offline'
  return error.status === 401 || error.status === 403 ? 'signedOut' : 'busy'
}

/** Only what the server has to know. */
function wireScan(scan: KeptScan): Scan {
  const { id, placeId, at, direction, code } = scan
  const { vouched, confirmed, gate, stop, zone, skewSeconds, keyedIn, phone, given } = scan
  return {
    id,
    placeId,
    at,
    direction,
    code,
    ...(vouched ? { vouched } : {}),
    ...(confirmed ? { confirmed } : {}),
    ...(gate ? { gate } : {}),
    ...(stop ? { stop } : {}),
    ...(zone ? { zone } : {}),
    ...(skewSeconds === undefined ? {} : { skewSeconds }),
    ...(keyedIn ? { keyedIn } : {}),
    ...(phone ? { phone } : {}),
    ...(given ? { given } : {}),
  }
}

/** Hands over what the gate scans: at once when it can, in batches when the network is back. */
export class Sending {
  waiting = $state(0)
  oldestAt = $state<number | null>(null)
  /** Places whose scans wait for somebody who guards them. */
  elsewhere = $state.raw<Waiting['places']>([])
  /** Held back one by one, with the server's reason. */
  held = $state.raw<{ count: number; title: string } | null>(null)
  /** Until then the server takes no more cards and typed numbers. */
  throttledUntil = $state(0)
  refused = $state.raw<RefusedScan[]>([])
  trouble = $state<Trouble | null>(null)
  sending = $state(false)
  /** What only this page has, for want of a store or of room in it. */
  loose = $state(0)
  /** This browser has no store (a private window). */
  storeless = $state(false)
  room = $state<'enough' | 'little' | 'none'>('enough')
  /** The places of whoever is signed in, once known. */
  places = $state.raw<OwnPlace[]>()
  outdated = $state(false)
  readonly revoked = new RevokedCodes()

  readonly #clock: Clock
  readonly #onlate: (outcome: ScanOutcome, scan: KeptScan) => void
  readonly #onundone: (id: string, undone: Undone) => void
  #outbox: Outbox | undefined
  readonly #loose = new Map<string, KeptScan>()
  readonly #looseRefused = new Map<string, RefusedScan>()
  readonly #looseUndoing = new Map<string, Undoing>()
  readonly #live = new Set<string>()
  #guardedUntil = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #size = MOST
  #failures = 0
  #handedOver = 0
  #underWay = 0
  #catchingUp = false
  /** Something was to be sent while the rest was under way; true: now. */
  #again: boolean | undefined
  readonly #facts = new Map<string, GateFacts>()
  #channel: BroadcastChannel | undefined

  /** `onlate` and `onundone` hear what became of the scans, and of the undoing, that had to wait. */
  constructor(
    clock: Clock,
    onlate: (outcome: ScanOutcome, scan: KeptScan) => void,
    onundone: (id: string, undone: Undone) => void,
  ) {
    this.#clock = clock
    this.#onlate = onlate
    this.#onundone = onundone
  }

  /** The store of this device, where there is one. */
  get store(): Outbox | undefined {
    return this.#outbox
  }

  async open(): Promise<void> {
    try {
      const opening = Outbox.open(() => (this.outdated = true))
      this.revoked.open(opening)
      this.#outbox = await opening
      // What was held back may be sent by whoever opens the page now.
      await this.#outbox.release()
      await this.#count()
      // A browser short of space forgets sites that did not ask to be remembered.
      await navigator.storage?.persist?.()
      await this.#measureRoom()
    } catch {
      this.storeless = !this.#outbox
    }
    if ('BroadcastChannel' in globalThis) {
      this.#channel = new BroadcastChannel('lachan-gate-outbox')
      this.#channel.onmessage = () => this.#count()
    }
  }

  /** Makes a scan of now. */
  newScan(scan: NewScan): KeptScan {
    const moment = this.moment()
    return { ...scan, id: newId(Date.parse(moment.at)), ...moment, sent: false, notBefore: 0 }
  }

  /** Now, as a scan says it. */
  moment(): Pick<KeptScan, 'at' | 'skewSeconds' | 'device'> {
    const device = this.#deviceMoment()
    const { at, skewSeconds } = this.#timeOf(device)
    return { at, device, ...(device.skew === null ? {} : { skewSeconds }) }
  }

  /** A scan with the time that somebody wrote down. */
  newWritten(scan: NewScan, at: string): KeptScan {
    return { ...scan, id: newId(this.#clock.now()), at, sent: false, notBefore: 0 }
  }

  /** Keeps a scan whose turn has not come: `take` sends it, or, should this page die before, the next one. */
  async hold(scan: KeptScan): Promise<void> {
    this.#live.add(scan.id)
    await this.keep([scan])
  }

  /** What was held is not to be sent. */
  async drop(id: string): Promise<void> {
    this.#loose.delete(id)
    await this.#outbox?.takeBack(id)
    this.#live.delete(id)
    await this.#count()
  }

  /** How often scans were handed over; undefined while the server may know more of them than this page. */
  get handedOver(): number | undefined {
    return this.#underWay > 0 ? undefined : this.#handedOver
  }

  /** Takes one scan: it is on the disk before it is on the wire. */
  take(scan: KeptScan): Promise<Taken> {
    return this.#handOver(() => this.#take(scan))
  }

  async #take(scan: KeptScan): Promise<Taken> {
    const mayAsk = navigator.onLine && this.#mayBeGuarded(scan.placeId)
    const made: KeptScan = { ...scan, sent: mayAsk }
    const kept = await this.keep([made])
    if (mayAsk) {
      this.#live.add(made.id)
      try {
        const patience = this.trouble === 'offline' ? SHORT_PATIENCE_MS : PATIENCE_MS
        const outcomes = await this.#post([made], patience)
        this.trouble = null
        this.#failures = 0
        const [outcome] = outcomes
        await this.#settle([made], outcomes, false)
        await this.#count()
        if (this.waiting > 0) this.#soon(0)
        if (outcome) {
          const { reason } = outcome
          if (reason && isCurable(reason.code, made, this.#clock.now())) return { kind: 'held', reason }
          return { kind: 'answered', outcome }
        }
      } catch (error) {
        this.trouble = troubleOf(error)
        if (this.trouble === 'signedOut') this.#guardedUntil = 0
      } finally {
        this.#live.delete(made.id)
      }
    } else {
      this.#live.delete(made.id)
      if (!navigator.onLine) this.trouble = 'offline'
    }
    await this.#count()
    this.#soon()
    return { kind: kept ? 'kept' : 'loose' }
  }

  /** The phone of a card, which was asked for once the scan was taken. */
  async givePhone(scan: KeptScan, phone: string): Promise<void> {
    const loose = this.#loose.get(scan.id)
    if (loose) this.#loose.set(scan.id, { ...loose, phone })
    else if (!(await this.#outbox?.addPhone(scan.id, phone))) await this.take({ ...scan, phone })
  }

  /** Keeps many at once, to be sent in batches. False: only this page has them. */
  async keep(scans: readonly KeptScan[]): Promise<boolean> {
    try {
      if (!this.#outbox) throw new Error('This browser has no store')
      await this.#outbox.keep(...scans)
      return true
    } catch {
      if (this.#outbox) this.room = 'none'
      for (const scan of scans) this.#loose.set(scan.id, scan)
      return false
    } finally {
      await this.#count()
    }
  }

  /** Undoes a scan of the last minute, of which the server has told so much: see `Undoing`. */
  undo(id: string, placeId: string, heard: number): Promise<Undone> {
    return this.#handOver(() => this.#undo(id, placeId, heard))
  }

  async #undo(id: string, placeId: string, heard: number): Promise<Undone> {
    const isUnsent = this.#loose.get(id)?.sent === false
    this.#loose.delete(id)
    if (isUnsent || (await this.#outbox?.takeBack(id))) {
      await this.#count()
      return 'takenBack'
    }
    const undoing: Undoing = { id, placeId, device: this.#deviceMoment(), heard }
    try {
      if (!this.#outbox) throw new Error('This browser has no store')
      await this.#outbox.undoLater(undoing)
    } catch {
      this.#looseUndoing.set(id, undoing)
    }
    await this.#count()
    try {
      // It must not overtake its scan, which may be on the wire.
      if (!this.sending && this.places && this.#mayBeGuarded(placeId)) {
        const ask = () => this.#askUndone(undoing)
        if (!navigator.locks) return await ask()
        const mode = { ifAvailable: true, mode: 'shared' } as const
        const undone = await navigator.locks.request(LOCK, mode, (lock) => lock && ask())
        if (undone) return undone
      }
    } catch {
      // It is asked again.
    }
    this.#soon()
    return 'later'
  }

  /** Sends all that waits, the longest kept first. Two open tabs take turns. */
  async flush(now = false): Promise<void> {
    clearTimeout(this.#timer)
    if (this.sending) {
      this.#again = this.#again || now
      return
    }
    this.sending = true
    this.#again = undefined
    let done = false
    try {
      if (now) {
        this.#guardedUntil = 0
        await this.#outbox?.release()
      }
      const drain = () => this.#handOver(() => this.#drain())
      if (navigator.locks) done = await navigator.locks.request(LOCK, drain)
      else done = await drain()
    } finally {
      this.sending = false
      await this.#count()
      this.#failures = done ? 0 : this.#failures + 1
      const undoing = await this.#listUndoing()
      if (done && this.#again !== undefined) this.#soon(0, this.#again)
      else if (undoing.some(({ placeId }) => this.#mayBeGuarded(placeId))) this.#soon()
      else if (this.waiting > 0) this.#soon(done ? this.#heldFor : undefined)
    }
  }

  /** Who is signed in, and which places they guard. */
  async loadPlaces(): Promise<OwnPlace[]> {
    const places: OwnPlace[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page<OwnPlace> = await api(this.#clock.fetch).get<Page<OwnPlace>>('/me/places', {
        params: { query: { cursor } },
        signal: AbortSignal.timeout(20_000),
      })
      places.push(...page.items)
      cursor = page.next
    }
    this.places = places
    this.#guardedUntil = performance.now() + GUARDED_FOR_MS
    await this.#count()
    return places
  }

  /** What the server knows of this gate, else what it said before. */
  async loadFacts(placeId: string): Promise<GateFacts | undefined> {
    try {
      if (await this.#askFacts(placeId)) this.#catchUp(placeId)
    } catch {
      // Without network or sign-in, what was known stays known.
    }
    return this.#findFacts(placeId)
  }

  /** How many are inside by what the server has said since it counted: the next page may have no network to ask. */
  async keepInside(placeId: string, inside: number): Promise<void> {
    const facts = await this.#findFacts(placeId)
    if (!facts || facts.inside === inside) return
    const kept = { ...facts, inside }
    this.#facts.set(placeId, kept)
    await this.#outbox?.keepFacts(kept).catch(() => {})
  }

  // — what a guard decides about a refused scan

  async retry({ reason: _, late: __, ...scan }: RefusedScan, changes: Partial<KeptScan> = {}): Promise<void> {
    const again: KeptScan = { ...scan, ...changes, id: newId(this.#clock.now()), sent: false, notBefore: 0 }
    // What was confirmed is the scan that was: another one has the guard's word.
    if (again.confirmed) Object.assign(again, { confirmed: false, vouched: true })
    if (changes.at) delete again.device
    if (changes.code) delete again.who
    delete again.held
    if (this.#looseRefused.delete(scan.id)) await this.keep([again])
    else await this.#outbox?.decide(scan.id, again)
    await this.flush(true)
  }

  async discard(id: string): Promise<void> {
    if (!this.#looseRefused.delete(id)) await this.#outbox?.decide(id)
    await this.#count()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#channel?.close()
  }

  // — inside

  async #handOver<T>(talk: () => Promise<T>): Promise<T> {
    this.#handedOver++
    this.#underWay++
    try {
      return await talk()
    } finally {
      this.#underWay--
    }
  }

  /** True: the list of revoked codes is long, and this is a piece of it. */
  async #askFacts(placeId: string): Promise<boolean> {
    const since = await this.revoked.version()
    const { revoked, ...told } = await api(this.#clock.fetch).get<ToldFacts>('/places/{id}/gate', {
      params: { path: { id: placeId }, query: { since } },
      signal: AbortSignal.timeout(20_000),
    })
    const facts = { ...told, readAt: this.#clock.deviceNow }
    this.#facts.set(placeId, facts)
    await this.#outbox?.keepFacts(facts).catch(() => {})
    await this.revoked.add(revoked, facts.serverTime)
    return revoked.more
  }

  /** Asks for what is left of a long list, while the gate works already. */
  async #catchUp(placeId: string): Promise<void> {
    if (this.#catchingUp) return
    this.#catchingUp = true
    try {
      while (await this.#askFacts(placeId));
    } catch {
      // What is there stays; it goes on from there the next time.
    }
    this.#catchingUp = false
  }

  #mayBeGuarded(placeId: string): boolean {
    return !this.places || this.places.some(({ id }) => id === placeId)
  }

  /** It is on the wire, or the scan that it names is. */
  #isLive(scan: KeptScan): boolean {
    return this.#live.has(scan.id) || this.#live.has(seenIn(scan) ?? '')
  }

  /** The scan that this one names has not been handed over itself. */
  async #isEarly(scan: KeptScan): Promise<boolean> {
    const seen = seenIn(scan)
    return seen !== undefined && (this.#loose.has(seen) || (await this.#outbox?.isWaiting(seen)) === true)
  }

  /** False: the network, the session or the server did not let all be sent. */
  async #drain(): Promise<boolean> {
    try {
      const { places } = await this.#count()
      const undoing = await this.#listUndoing()
      if (places.length === 0 && this.#loose.size === 0 && undoing.length === 0) return true
      if (performance.now() > this.#guardedUntil) await this.loadPlaces()
      const own = new Set(this.places?.map(({ id }) => id))
      for (const { id } of places) {
        if (!own.has(id)) continue
        // It tells the server's clock, too, before anything is sent.
        if (!(await this.#findFacts(id))) await this.loadFacts(id)
        await this.#drainPlace(id)
      }
      await this.#drainLoose(own)
      // What was on the wire has arrived by now.
      await this.#drainUndone(own)
      this.trouble = null
      return true
    } catch (error) {
      this.trouble = troubleOf(error)
      if (this.trouble === 'signedOut') this.#guardedUntil = 0
      return false
    }
  }

  async #drainPlace(placeId: string): Promise<void> {
    for (;;) {
      const most = this.#size + this.#live.size
      const all = (await this.#outbox?.listReady(placeId, this.#clock.deviceNow, most)) ?? []
      const batch = all.filter((scan) => !this.#isLive(scan)).slice(0, this.#size)
      if (batch.length === 0) return
      const throttled = await this.#send(batch)
      // More of these would be refused as well; what is signed goes on.
      if (throttled.length > 0) await this.#outbox?.holdBack(placeId, throttled)
      await this.#count()
    }
  }

  async #drainLoose(own: ReadonlySet<string>): Promise<void> {
    for (;;) {
      const batch = [...this.#loose.values()]
        .filter((scan) => own.has(scan.placeId) && !this.#isLive(scan))
        .filter(({ notBefore }) => notBefore <= this.#clock.deviceNow)
        .slice(0, this.#size)
      if (batch.length === 0) return
      await this.#send(batch)
    }
  }

  /** Sends a batch, in smaller pieces if need be: one bad scan holds up no other. Answers which are to wait. */
  async #send(batch: readonly KeptScan[]): Promise<KeptScan[]> {
    try {
      const fixed = await this.#fixTimes(batch)
      if (fixed.length === 0) return []
      const { answered, throttled } = await this.#settle(
        fixed,
        await this.#post(fixed, LATE_PATIENCE_MS),
        true,
      )
      if (answered === 0) throw new Error('The server answered for none of the scans')
      this.trouble = null
      this.#size = MOST
      return throttled
    } catch (error) {
      this.#size = Math.max(1, Math.floor(batch.length / 2))
      if (!(error instanceof Problem && [400, 413, 422].includes(error.status))) throw error
      const [only] = batch
      if (!only || batch.length > 1) return []
      const reason = { code: error.code, title: error.title }
      const outcome = { id: only.id, outcome: 'refused', person: null, decision: null, reason } as const
      await this.#settle(batch, [outcome], true)
      return []
    }
  }

  #deviceMoment(): DeviceMoment {
    const stretch = this.#clock.stretch
    const { skew, sure } = this.#clock.skewOf(stretch)
    return { at: this.#clock.deviceNow, stretch, skew: sure ? skew : null }
  }

  /** The true time of a moment, as far as it is known by now. */
  #timeOf({ at, stretch, skew }: DeviceMoment) {
    const known = this.#clock.skewOf(stretch)
    const offset = known.sure ? known.skew : (skew ?? this.#clock.skewOf(this.#clock.stretch).skew)
    return { at: new Date(at + offset).toISOString(), skewSeconds: Math.round(-offset / 1000) }
  }

  /**
   * A scan that was never sent gets the time that is known by now; from then on it stays, since the server compares.
   * Those that were undone meanwhile are left out.
   */
  async #fixTimes(batch: readonly KeptScan[]): Promise<KeptScan[]> {
    const fixed = batch.map((scan): KeptScan => {
      const time = scan.sent || !scan.device ? {} : this.#timeOf(scan.device)
      return { ...scan, ...time, sent: true }
    })
    const loose = fixed.filter(({ id }) => this.#loose.has(id))
    for (const scan of loose) this.#loose.set(scan.id, scan)
    const kept = fixed.filter(({ id }) => !this.#loose.has(id))
    return [...loose, ...((await this.#outbox?.rewrite(kept)) ?? [])]
  }

  /** Only what the server has answered for leaves the device. */
  async #settle(
    batch: readonly KeptScan[],
    outcomes: readonly ScanOutcome[],
    late: boolean,
  ): Promise<{ answered: number; throttled: KeptScan[] }> {
    const sent = new Map(batch.map((scan) => [scan.id, scan]))
    const answered = outcomes.flatMap((outcome) => {
      const scan = sent.get(outcome.id)
      return scan ? [{ outcome, scan }] : []
    })
    const ids: string[] = []
    const refused: RefusedScan[] = []
    const held: KeptScan[] = []
    for (const { outcome, scan } of answered) {
      const { code, title, retryAfter } = outcome.reason ?? { code: '', title: '' }
      const reason = { code, title }
      const mayBeCured =
        isCurable(code, scan, this.#clock.now()) ||
        (code === 'visit.seenUnknown' && (await this.#isEarly(scan)))
      if (outcome.outcome === 'refused' && mayBeCured)
        held.push({
          ...scan,
          // The server kept nothing of it, and told its time: that of the scan may be put right.
          sent: code !== 'visit.fromTheFuture',
          held: reason,
          notBefore: this.#clock.deviceNow + (retryAfter ? retryAfter * 1000 : HELD_RETRY_MS),
        })
      else {
        ids.push(scan.id)
        if (outcome.outcome === 'refused') refused.push({ ...scan, reason, late })
      }
    }
    const [throttled, others] = [true, false].map((is) =>
      held.filter((scan) => (scan.held?.code === THROTTLED) === is),
    ) as [KeptScan[], KeptScan[]]
    const [first] = throttled
    if (first) this.throttledUntil = this.#clock.now() + first.notBefore - this.#clock.deviceNow
    if (others.length > 0) {
      // Somebody else has signed in meanwhile: whom they guard for is asked anew.
      this.#guardedUntil = 0
      this.held = { count: others.length, title: others[0]?.held?.title ?? '' }
    }
    const isKept = ({ id }: KeptScan) => !this.#loose.has(id)
    await this.#outbox?.settle(ids, { refused: refused.filter(isKept), held: held.filter(isKept) })
    for (const scan of refused) if (this.#loose.has(scan.id)) this.#looseRefused.set(scan.id, scan)
    for (const scan of held) if (this.#loose.has(scan.id)) this.#loose.set(scan.id, scan)
    for (const id of ids) this.#loose.delete(id)
    const waits = new Set(held.map(({ id }) => id))
    if (late) for (const { outcome, scan } of answered) if (!waits.has(scan.id)) this.#onlate(outcome, scan)
    return { answered: answered.length, throttled }
  }

  async #post(scans: readonly KeptScan[], patience: number): Promise<ScanOutcome[]> {
    const body = { scans: scans.map(wireScan) }
    const signal = AbortSignal.timeout(patience)
    const answer = await api(this.#clock.fetch).post<ScanAnswer>('/scans', { body, signal })
    const waitFor = (code: string) => (code === THROTTLED ? { retryAfter: answer.retryAfter } : {})
    const reasons = new Map(
      answer.refused.map(({ id, code, title }) => [id, { code, title, ...waitFor(code) }]),
    )
    return answer.results.map((outcome) => ({ ...outcome, reason: reasons.get(outcome.id) }))
  }

  async #listUndoing(): Promise<Undoing[]> {
    return [...this.#looseUndoing.values(), ...((await this.#outbox?.listUndoing().catch(() => [])) ?? [])]
  }

  /** A scan that the server does not know may yet arrive: for a while it is asked again. */
  async #askUndone({ id, placeId, device }: Undoing): Promise<'undone' | 'tooLate'> {
    let answer: Schemas['UndoneScans']
    try {
      answer = await api(this.#clock.fetch).post<Schemas['UndoneScans']>('/scans/undone', {
        body: { scans: [{ id, placeId }], ...(device ? { undoneAt: this.#timeOf(device).at } : {}) },
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500 || [401, 403, 429].includes(error.status))
        throw error
      answer = { undone: [], tooLate: [id] }
    }
    const isKnown = answer.undone.includes(id) || answer.tooLate.includes(id)
    const isOld = !device || Math.abs(this.#clock.deviceNow - device.at) > LATE_PATIENCE_MS
    if (isKnown || isOld) {
      this.#looseUndoing.delete(id)
      await this.#outbox?.forgetUndoing(id)
    }
    return answer.tooLate.includes(id) ? 'tooLate' : 'undone'
  }

  async #drainUndone(own: ReadonlySet<string>): Promise<void> {
    for (const one of await this.#listUndoing())
      if (own.has(one.placeId)) this.#onundone(one.id, await this.#askUndone(one))
  }

  async #findFacts(placeId: string): Promise<GateFacts | undefined> {
    const facts = this.#facts.get(placeId) ?? (await this.#outbox?.findFacts(placeId).catch(() => undefined))
    if (facts) this.#facts.set(placeId, facts)
    return facts
  }

  /** How long what was held back waits at most. */
  get #heldFor(): number {
    const left = this.throttledUntil - this.#clock.now()
    return left > 0 ? Math.min(HELD_RETRY_MS, left + 1000) : HELD_RETRY_MS
  }

  /** The longer it fails, the rarer it is tried; not all gates of a town at the same moment. */
  #soon(after?: number, now = false): void {
    clearTimeout(this.#timer)
    const backoff = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(this.#failures, 6))
    this.#timer = setTimeout(() => this.flush(now), after ?? backoff * (0.75 + Math.random() / 2))
  }

  async #measureRoom(): Promise<void> {
    const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    if (this.room !== 'none') this.room = quota > 0 && quota - usage < LITTLE_ROOM ? 'little' : 'enough'
  }

  async #count(): Promise<Waiting> {
    const none = { count: 0, oldestAt: null, places: [] }
    const waiting = (await this.#outbox?.countWaiting().catch(() => none)) ?? none
    const loose = [...this.#loose.values()]
    this.loose = loose.length + this.#looseRefused.size + this.#looseUndoing.size
    this.waiting = waiting.count + loose.length
    const made = loose.map(({ id }) => madeAt(id))
    this.oldestAt = this.waiting > 0 ? Math.min(waiting.oldestAt ?? Number.POSITIVE_INFINITY, ...made) : null
    const own = this.places
    this.elsewhere = own ? waiting.places.filter(({ id }) => !own.some((place) => place.id === id)) : []
    if (this.waiting === 0) this.held = null
    const refused = (await this.#outbox?.listRefused().catch(() => [])) ?? []
    this.refused = [...[...this.#looseRefused.values()].reverse(), ...refused]
    return waiting
  }
}
