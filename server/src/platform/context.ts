import { type Actor, areasOf, type IsWithin, mayReach, reachOf, type Target } from './access.ts'
import type { Sql } from './database.ts'
import type { Keys } from './keys.ts'
import { accessProblem, type Language, type Words } from './problem.ts'

/** What every use case may rely on beside its transaction. Built once in main.ts, never a place for state. */
export type Services = {
  keys: Keys
  /** Public origin for links and codes, e.g. `https://lachan.example`. */
  origin: string
  timeZone: string
  /** How many days visits are kept; undefined: until somebody drops them. */
  keepVisitsDays: number | undefined
  /** How many days lists of traces are kept that nobody asked for and a later one superseded. */
  keepRenewalsDays: number
  /** How many people one officer may warn within 24 hours without a second one. */
  warnAlone: number
  demo: boolean
  isWithin: (sql: Sql, ancestorIds: readonly number[], areaId: number) => Promise<boolean>
  /** What entry decisions say of these people now, and until when it holds. */
  listDecisions: (
    ctx: Context,
    personIds: readonly number[],
  ) => Promise<ReadonlyMap<number, { status: 'green' | 'yellow' | 'red'; until: Date | null }>>
  /** Job names that wake when an action is recorded. */
  listeners: Readonly<Record<string, readonly string[]>>
}

type Request = { language?: Language; address?: string; permission?: string | null }

type Entry = {
  at: Date
  actor: Actor
  action: string
  subjectId: string | null
  details: Record<string, unknown>
}

/** Audit rows of several requests at once. No job listens for what is written so. */
export const writeAudit = (sql: Sql, entries: readonly Entry[]) => sql`
  insert into audit_log (at, actor_kind, actor_id, actor_name, action, subject_id, details)
  select at, kind, id, name, action, subject, details::jsonb from unnest(${entries.map(({ at }) => at.toISOString())}::timestamptz[], ${entries.map(({ actor }) => actor.kind)}::text[],
    ${entries.map(({ actor }) => actor.publicId)}::uuid[], ${entries.map(({ actor }) => actor.name)}::text[],
    ${entries.map(({ action }) => action)}::text[], ${entries.map(({ subjectId }) => subjectId)}::text[],
    ${entries.map(({ details }) => JSON.stringify(details))}::text[])
    as entry (at, kind, id, name, action, subject, details)`

/** The priority of what answers an officer's deed: it does not wait behind thousands of messages. */
const SOON = -1

/** Who is asking, when, through which transaction. Every use case takes one first. */
export class Context {
  readonly sql: Sql
  readonly actor: Actor
  readonly services: Services
  readonly now: Date
  readonly language: Language
  /** Network address of the caller; never stored as it is. */
  readonly address: string
  readonly permission: string | null
  /** Set once the scope of this request has been decided; a scoped route that never asks fails. */
  scopeDecided = false

  constructor(sql: Sql, actor: Actor, services: Services, now = new Date(), request: Request = {}) {
    this.sql = sql
    this.actor = actor
    this.services = services
    this.now = now
    this.language = request.language ?? 'vi'
    this.address = request.address ?? ''
    this.permission = request.permission ?? null
  }

  /** The same request inside a transaction. */
  within(sql: Sql) {
    return new Context(sql, this.actor, this.services, this.now, this)
  }

  /** The same request, once it is known who is asking: they have just shown it. */
  as(actor: Actor) {
    return new Context(this.sql, actor, this.services, this.now, this)
  }

  say(words: Words) {
    return words[this.language]
  }

  get isWithin(): IsWithin {
    return (ancestorIds, areaId) => this.services.isWithin(this.sql, ancestorIds, areaId)
  }

  /** Whether the actor reaches the target with the permission of this route (or another one, when named). */
  mayReach(target: Target, permission = this.permission) {
    this.scopeDecided = true
    if (!permission) throw new Error('A scope belongs to a permission.')
    return mayReach(this.actor, permission, target, this.isWithin)
  }

  /** Out of reach and not there look the same from outside: 404. */
  async assertReach(target: Target, permission = this.permission) {
    if (!(await this.mayReach(target, permission))) throw accessProblem.outOfReach()
  }

  /** The citizen who is asking: row of the holder in people. */
  holderId() {
    this.scopeDecided = true
    if (this.actor.kind !== 'citizen') throw accessProblem.denied()
    return this.actor.id!
  }

  /** The areas, each with its sector, to which this actor's lists of places are limited. */
  reach(permission = this.permission) {
    this.scopeDecided = true
    return reachOf(this.actor, permission!)
  }

  /** The areas to which this actor's lists of what has no sector are limited. */
  areaIds(permission = this.permission) {
    this.scopeDecided = true
    return areasOf(this.actor, permission!)
  }

  /** Writes the audit row and wakes every job that listens for `action`, in this transaction. */
  async record(action: string, subjectId: string | null, details: Record<string, unknown> = {}) {
    await writeAudit(this.sql, [{ at: this.now, actor: this.actor, action, subjectId, details }])
    for (const job of this.services.listeners[action] ?? [])
      await this.addJob(job, { subjectId, ...details }, SOON)
  }

  /** Queues a job in this transaction. Its payload holds ids only, never personal data. */
  async addJob(job: string, payload: Record<string, unknown>, priority = 0) {
    await this.sql`
      select graphile_worker.add_job(${job}, ${this.sql.json(payload as never)}::jsonb::json, priority := ${priority}::int)`
  }
}
