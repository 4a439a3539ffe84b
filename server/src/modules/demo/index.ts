import type { Context } from '../../platform/context.ts'
import type { Sql } from '../../platform/database.ts'
import { findPlace } from '../places/index.ts'
import { type Ask, fill } from './fill.ts'
import { describeCast } from './service.ts'

export { routes } from './routes.ts'

type Options = {
  isNew: boolean
  sql: Sql
  context: (sql: Sql) => Context
  ask: Ask
  say: (line: string) => void
}

/** On the first run of a demo, fills it; begun and not finished is begun again, and changes nothing twice. */
export async function fillDemo({ isNew, sql, context, ask, say }: Options) {
  const [row] = await sql<{ value: { filled: boolean } }[]>`select value from settings where name = 'demo'`
  if (row?.value.filled) return
  if (!row && !isNew) return // somebody's own database: leave it alone
  say('Đang tạo dữ liệu thử … (filling the demo)')
  const save = (value: object) => sql`
    insert into settings (name, value) values ('demo', ${sql.json(value as never)})
    on conflict (name) do update set value = excluded.value`
  await save({ filled: false })
  const { marketId } = await fill({ sql, context, ask, now: new Date() })
  await save({ filled: true, placeCode: (await findPlace(sql, marketId))!.code })
}

/** What a newcomer needs to know, line by line. */
export async function describeDemo({ sql, context }: Pick<Options, 'sql' | 'context'>) {
  const ctx = context(sql)
  const { origin } = ctx.services
  const { items: accounts, people, places } = await describeCast(ctx)
  return [
    '',
    `  Trang chủ (home)             ${origin}`,
    ...places.map(({ name, checkInUrl }) => `  ${name.padEnd(27)}  ${checkInUrl}`),
    `  Tin nhắn thử (SMS twin)      ${origin}/demo/outbox`,
    `  Bàn làm việc (console)       ${origin}/console`,
    '',
    ...accounts.map(
      ({ login, password, name, does }) =>
        `  ${name.padEnd(14)} ${`${login} / ${password}`.padEnd(22)} ${does}`,
    ),
    ...people.map(({ name, phone, does }) => `  ${name.padEnd(14)} ${phone.padEnd(22)} ${does}`),
    '',
    '  Mọi người và địa điểm trên đều do tưởng tượng. (All people and places are imaginary.)',
  ]
}
