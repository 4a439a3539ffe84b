import { api, Problem } from '#lib/api.ts'
import type { EntryDecision, MaskedPerson } from '#lib/shapes.ts'
import { Outbox, type RefusedScan, type Scan } from './outbox.ts'

export interface ScanOutcome {
  id: string
  outcome: 'accepted' | 'repeated' | 'refused'
  person: MaskedPerson | null
  decision: EntryDecision | null
  alreadyInside?: boolean
  /** Why it was refused, in the reader's language. */
  reason?: string | undefined
}

interface ScanAnswer {
  refused: { id: string; code: string; title: string }[]
  results: ScanOutcome[]
}

/** Why scans wait on the device. */
export type Trouble = 'offline' | 'signedOut' | 'busy'

/** What became of a scan: the server's answer, kept for later, or (no store, no network) lost. */
export type Taken = { kind: 'answered'; outcome: ScanOutcome } | { kind: 'kept' } | { kind: 'lost' }

const MOST = 500
// A queue of people waits behind this one: after so long the scan is kept and the next may come.
const PATIENCE_MS = 4000
/** The line was dead a moment ago: nobody waits so long again to find out. */
const SHORT_PATIENCE_MS = 1500
const LATE_PATIENCE_MS = 60_000
const RETRY_MS = 15_000

const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof Problem)) return 'offline'
  return error.status === 401 || error.status === 403 ? 'signedOut' : 'busy'
}

const refusal = (id: string, reason: string): ScanOutcome => ({
  id,
  outcome: 'refused',
  person: null,
  decision: null,
  reason,
})

/** Hands over what the gate scans: at once when it can, in batches when the network is back. */
export class Sending {
  waiting = $state(0)
  oldestAt = $state<string | null>(null)
  refused = $state<RefusedScan[]>([])
  trouble = $state<Trouble | null>(null)
  sending = $state(false)
  /** This browser has no store (a private window): without the network nothing can be kept. */
  storeless = $state(false)

  #outbox: Outbox | undefined
  readonly #live = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #size = MOST
  readonly #onlate: (outcome: ScanOutcome, scan: Scan) => void

  /** `onlate` hears what became of the scans that had to wait. */
  constructor(onlate: (outcome: ScanOutcome, scan: Scan) => void) {
    this.#onlate = onlate
  }

  async open(): Promise<void> {
    try {
      this.#outbox = await Outbox.open()
      await this.#count()
      // A browser short of space forgets sites that did not ask to be remembered.
      await navigator.storage?.persist?.()
    } catch {
      this.storeless = !this.#outbox
    }
  }

  /** Takes one scan: it is on the disk before it is on the wire. */
  async take(scan: Scan): Promise<Taken> {
    const kept = await this.#keep(scan)
    if (navigator.onLine) {
      this.#live.add(scan.id)
      try {
        const [outcome] = await this.#post(
          [scan],
          this.trouble === 'offline' ? SHORT_PATIENCE_MS : PATIENCE_MS,
        )
        this.trouble = null
        await this.#outbox?.settle([scan.id])
        await this.#count()
        if (this.waiting > 0) this.#soon(0)
        if (outcome) return { kind: 'answered', outcome }
      } catch (error) {
        this.trouble = troubleOf(error)
      } finally {
        this.#live.delete(scan.id)
      }
    } else this.trouble = 'offline'
    await this.#count()
    this.#soon()
    return kept ? { kind: 'kept' } : { kind: 'lost' }
  }

  /** Sends all that waits, oldest first. Two open tabs take turns. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    if (!this.#outbox || this.sending) return
    this.sending = true
    try {
      if (navigator.locks) await navigator.locks.request('lachan-gate', () => this.#drain())
      else await this.#drain()
    } finally {
      this.sending = false
      await this.#count()
      if (this.waiting > 0) this.#soon()
    }
  }

  async forgetRefused(): Promise<void> {
    await this.#outbox?.forgetRefused()
    await this.#count()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  async #keep(scan: Scan): Promise<boolean> {
    try {
      await this.#outbox?.keep(scan)
      return this.#outbox !== undefined
    } catch {
      return false
    }
  }

  async #drain(): Promise<void> {
    for (;;) {
      const all = (await this.#outbox?.listWaiting(this.#size + this.#live.size)) ?? []
      const batch = all.filter(({ id }) => !this.#live.has(id)).slice(0, this.#size)
      if (batch.length === 0) return
      try {
        const answered = await this.#settle(batch, await this.#post(batch, LATE_PATIENCE_MS))
        if (answered === 0) throw new Error('The server answered for none of the scans')
        this.trouble = null
        this.#size = MOST
      } catch (error) {
        // Too much at once for this line or this server: smaller pieces pass, and one bad scan holds up no other.
        this.#size = Math.max(1, Math.floor(batch.length / 2))
        const unfit = error instanceof Problem && [400, 413, 422].includes(error.status)
        if (!unfit) {
          this.trouble = troubleOf(error)
          return
        }
        const [only] = batch
        if (only && batch.length === 1) await this.#settle(batch, [refusal(only.id, error.title)])
      }
      await this.#count()
    }
  }

  /** Only what the server has answered for leaves the device. */
  async #settle(batch: readonly Scan[], outcomes: readonly ScanOutcome[]): Promise<number> {
    const sent = new Map(batch.map((scan) => [scan.id, scan]))
    const answered = outcomes.filter(({ id }) => sent.has(id))
    const refused = answered.flatMap(({ id, outcome, reason }) => {
      const scan = sent.get(id)
      return scan && outcome === 'refused'
        ? [{ id, at: scan.at, direction: scan.direction, reason: reason ?? '' }]
        : []
    })
    await this.#outbox?.settle(
      answered.map(({ id }) => id),
      refused,
    )
    for (const outcome of answered) this.#onlate(outcome, sent.get(outcome.id) as Scan)
    return answered.length
  }

  async #post(scans: readonly Scan[], patience: number): Promise<ScanOutcome[]> {
    const signal = AbortSignal.timeout(patience)
    const answer = await api(fetch).post<ScanAnswer>('/scans', { body: { scans }, signal })
    const reasons = new Map(answer.refused.map(({ id, title }) => [id, title]))
    return answer.results.map((outcome) => ({ ...outcome, reason: reasons.get(outcome.id) }))
  }

  #soon(after = RETRY_MS): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), after)
  }

  async #count(): Promise<void> {
    if (!this.#outbox) return
    const { count, oldestAt } = await this.#outbox.countWaiting()
    this.waiting = count
    this.oldestAt = oldestAt
    this.refused = await this.#outbox.listRefused()
  }
}
