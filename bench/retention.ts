import { setTimeout as sleep } from 'node:timers/promises'
import { forgetWeeks } from '../server/src/modules/visits/queries.ts'
import { transact } from '../server/src/platform/database.ts'
import { simulate } from '../server/src/simulation/index.ts'
import { openLoader } from '../server/src/simulation/load.ts'
import { withCluster } from './cluster.ts'
import { foundTown, townOf } from './gates.ts'
import type { Measure, Settings } from './main.ts'

const SIZES = [1_000_000, 10_000_000]
const DAYS = 21
const A_DAY = 4
/** A Monday long ago, and the one after it: the first of three weeks is forgotten. */
const FIRST = '2026-01-05'
const BEFORE = new Date('2026-01-12')

/** What it costs to forget the oldest week of scans and stays: dropping it, beside deleting the same rows. */
export async function retention({ size, say }: Settings): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const count of size ? [size] : SIZES) {
    say(`retention: loading ${count.toLocaleString('en')} stays and their scans …`)
    const simulation = townOf(Math.round(count / (DAYS * A_DAY)), DAYS, FIRST)
    await withCluster(async (cluster) => {
      const { sql } = cluster
      await foundTown(cluster, simulation, 10)
      const loader = await openLoader(sql, simulation, { asScans: true })
      for await (const part of simulate(simulation).stays) await loader.add(part)
      await loader.commit()
      loader.close()
      await sql`vacuum (analyze) visits, scans`
      await sql`checkpoint`
      const deletion = await timeDeletion(sql)
      await sql`checkpoint`
      await waitForVacuum(sql)
      const began = performance.now()
      let locked = 0
      const gone = await transact(sql, async (tx) => {
        const parts = await forgetWeeks(tx, BEFORE)
        locked = performance.now() - began
        return parts
      })
      const dropping = performance.now() - began
      const [{ left }] = await sql<[{ left: boolean }]>`
        select exists (select from scans where at < ${BEFORE}) or exists (select from visits where left_at < ${BEFORE}) as left`
      if (left || deletion.rows === 0) throw new Error('The week was not forgotten')
      const bytes = gone.reduce((sum, part) => sum + part.bytes, 0)
      measures.push(
        {
          what: `dropping the oldest week of ${(count / 1e6).toLocaleString('en')} M stays`,
          value: dropping,
          unit: 'ms',
          detail: `${locked.toFixed(0)} ms until the commit, which then removes the files; ${deletion.rows.toLocaleString('en')} scans and stays, ${(bytes / 1e6).toFixed(0)} MB given back`,
        },
        {
          what: 'deleting the same rows',
          value: deletion.milliseconds,
          unit: 'ms',
          detail: 'without the vacuum after it, which alone gives back room',
        },
        { what: 'DELETE / drop', value: deletion.milliseconds / dropping, unit: '×' },
      )
    })
  }
  return measures
}

type Sql = Parameters<Parameters<typeof withCluster>[0]>[0]['sql']

/** A week that old was vacuumed long ago; here it was loaded a moment ago, and a vacuum gives way only after a second. */
async function waitForVacuum(sql: Sql) {
  const working = () => sql`select from pg_stat_activity where backend_type = 'autovacuum worker'`
  while ((await working()).length > 0) await sleep(200)
}

/** The rows are deleted and are there again afterwards. */
async function timeDeletion(sql: Sql) {
  const deletion = { rows: 0, milliseconds: 0 }
  const connection = await sql.reserve()
  try {
    await connection`begin`
    const began = performance.now()
    for (const statement of [
      connection`delete from scans where at < ${BEFORE}`,
      connection`delete from visits_short where arrived_at < ${BEFORE}`,
    ])
      deletion.rows += (await statement).count
    deletion.milliseconds = performance.now() - began
    await connection`rollback`
  } finally {
    connection.release()
  }
  return deletion
}
