import type { Context } from '../../platform/context.ts'
import { cursorOf, pageOf, readCursor, unknownCursor } from '../../platform/paging.ts'
import { type Account, describeAccount } from '../accounts/index.ts'
import { caseNumbers } from '../cases/index.ts'
import {
  findPerson,
  listPeopleOfHolder,
  listReaders,
  listReadingsByDay,
  listReadingsWithin,
  maskedPeople,
} from '../people/index.ts'
import { listAudit } from './queries.ts'

type Paging = { limit?: number; cursor?: string }

/** The row after which a page begins; a cursor of ours holds a bigint as text. */
function before(cursor: string | undefined) {
  const [id] = readCursor(cursor, 1) ?? [null]
  if (id !== null && !/^\d{1,18}$/.test(String(id))) throw unknownCursor()
  return id === null ? null : String(id)
}

/** Accounts by row, each looked up once. */
async function describeAccounts(ctx: Context, ids: readonly number[]) {
  const unique = [...new Set(ids)]
  const accounts = await Promise.all(unique.map((id) => describeAccount(ctx, id)))
  return new Map(unique.map((id, at) => [id, accounts[at]!]))
}

const officeOf = (account: Account) => account.roles.map(({ role, area }) => ({ role, area }))

const nameOf = (account: Account) => JSON.stringify(officeOf(account))

/** Who looked at the data of the people on my phone, an office and a day at a time. */
export async function listOwnReadings(ctx: Context, { limit = 50, cursor }: Paging) {
  const personIds = (await listPeopleOfHolder(ctx.sql, ctx.holderId())).map(({ id }) => id)
  const readers = await describeAccounts(ctx, await listReaders(ctx.sql, personIds))
  // Colleagues of one office are one reader: which of them it was is between the office and the auditor.
  const offices = new Map<string, ReturnType<typeof officeOf>>()
  for (const reader of readers.values()) offices.set(nameOf(reader), officeOf(reader))
  const names = [...offices.keys()]
  const rows = await listReadingsByDay(
    ctx.sql,
    { personIds, before: before(cursor), limit: limit + 1 },
    {
      accountIds: [...readers.keys()],
      offices: [...readers.values()].map((reader) => names.indexOf(nameOf(reader))),
      timeZone: ctx.services.timeZone,
    },
  )
  const people = await maskedPeople(
    ctx,
    rows.map(({ personId }) => personId),
  )
  const items = rows.map(({ personId, office, ...row }) => ({
    ...row,
    person: people.get(personId)!,
    office: offices.get(names[office]!)!,
  }))
  return pageOf(items, limit, ({ id }) => cursorOf(id))
}

/** Every reading of people within the auditor's areas, or of one of them. */
export async function readReadings(
  ctx: Context,
  { personId, limit = 50, cursor }: Paging & { personId?: string },
) {
  const person = personId ? await findPerson(ctx.sql, personId) : undefined
  // Of who lives nowhere yet, the readings of officers within reach are shown.
  if (personId && person?.areaId !== null) await ctx.assertReach({ areaId: person?.areaId ?? null })
  const wanted = { ...(person ? { personIds: [person.id] } : {}), before: before(cursor), limit: limit + 1 }
  const rows = await listReadingsWithin(ctx.sql, ctx.areaIds(), wanted)
  const readers = await describeAccounts(
    ctx,
    rows.map(({ accountId }) => accountId),
  )
  const people = await maskedPeople(
    ctx,
    rows.map((row) => row.personId),
  )
  const numbers = await caseNumbers(
    ctx.sql,
    rows.flatMap(({ caseId }) => caseId ?? []),
  )
  const items = rows.map((row) => {
    const { login, name, ...account } = readers.get(row.accountId)!
    return {
      id: row.id,
      at: row.at,
      reader: { login, name, office: officeOf(account as Account) },
      action: row.action,
      person: people.get(row.personId)!,
      reason: row.reason,
      caseId: row.caseId,
      caseNumber: (row.caseId && numbers.get(row.caseId)) ?? null,
    }
  })
  return pageOf(items, limit, ({ id }) => cursorOf(id))
}

export async function readAudit(
  ctx: Context,
  { limit = 50, cursor, ...wanted }: Paging & { action?: string; subjectId?: string },
) {
  const rows = await listAudit(ctx.sql, ctx.areaIds(), {
    ...wanted,
    before: before(cursor),
    limit: limit + 1,
  })
  return pageOf(rows, limit, ({ id }) => cursorOf(id))
}
