import { v7 as uuidv7 } from 'uuid'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import type { Fragment, Sql } from './database.ts'
import { unaccented } from './vietnamese.ts'

/** The way out to people's phones. An implementation throws when the message was not taken. */
export type SmsChannel = { send(message: Sms): Promise<void> }
export type Sms = { to: string; text: string }

export const DELIVER = 'messenger.deliver'

/**
 * Queues an SMS, without diacritics, in the caller's transaction: it leaves if, and only if, that commits. Those of a
 * batch can be taken back together while they wait.
 */
export async function sendSms(ctx: Context, purpose: string, { to, text }: Sms, batch: string | null = null) {
  const id = uuidv7()
  const message: Sms = { to, text: unaccented(text) }
  await ctx.sql`
    insert into messages (id, channel, sealed, purpose, created_at, batch)
    values (${id}, 'sms', ${ctx.services.keys.seal(message)}, ${purpose}, ${ctx.now}, ${batch})`
  await ctx.addJob(DELIVER, { id })
  return id
}

/** What is leaving at this moment is skipped, or waited for: then it has left, or the network did not take it and it is not tried again. */
type Leaving = 'skip' | 'wait'

/** Takes back what of a batch still waits. */
export const cancelBatch = (sql: Sql, batch: string, leaving: Leaving) =>
  cancel(sql, sql`batch = ${batch}`, leaving)

/** The same of some messages, whatever batch they are of. */
export const cancelMessages = (sql: Sql, ids: readonly string[], leaving: Leaving) =>
  cancel(sql, sql`id = any(${ids as string[]}::uuid[])`, leaving)

const cancel = async (sql: Sql, which: Fragment, leaving: Leaving) =>
  (
    await sql<{ id: string }[]>`
    delete from messages where id in (
      select id from messages where ${which} and delivered_at is null
      for update ${leaving === 'skip' ? sql`skip locked` : sql``})
    returning id`
  ).map(({ id }) => id)

/** How many messages of each batch have not left yet, by what they are for. */
export const countWaiting = (sql: Sql, batches: readonly string[]) =>
  sql<{ batch: string; purpose: string; count: number }[]>`
    select batch, purpose, count(*)::int from messages
    where batch = any(${batches as string[]}::uuid[]) and delivered_at is null group by 1, 2`

/** The twin: a network that takes every message; what it took is read at `/demo/outbox`. */
export const smsTwin: SmsChannel = { send: async () => {} }

/** A gateway that takes `{to, text}` as JSON over HTTP and answers 2xx. */
export const httpGateway = (url: string, token: string | undefined): SmsChannel => ({
  async send(message) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`The SMS gateway answered ${answer.status}`)
  },
})

/** The demo has made-up numbers, so nothing leaves it. Without demo and without a gateway there is no way out: messages wait, and `lachan doctor` says so. */
export const smsChannel = (config: Config): SmsChannel | null =>
  config.demo ? smsTwin : config.smsUrl ? httpGateway(config.smsUrl, config.smsToken) : null

/** The job: at least once by nature, so a delivered message is not sent again. */
export const deliver =
  (channel: SmsChannel) =>
  async (ctx: Context, { id }: { id: string }) => {
    const [row] = await ctx.sql<{ sealed: Buffer }[]>`
    select sealed from messages where id = ${id} and delivered_at is null for update`
    if (!row) return
    await channel.send(ctx.services.keys.unseal<Sms>(row.sealed))
    await ctx.sql`update messages set delivered_at = ${ctx.now}, attempts = attempts + 1 where id = ${id}`
  }

/** What the twin took, newest first; for the demo and for tests. */
export async function listOutbox(ctx: Context, limit = 100) {
  const rows = await ctx.sql<{ sealed: Buffer; createdAt: Date }[]>`
    select sealed, created_at from messages order by created_at desc, id desc limit ${limit}`
  return rows.map(({ sealed, createdAt }) => ({ ...ctx.services.keys.unseal<Sms>(sealed), at: createdAt }))
}
