import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { describeContract } from '../src/contract.ts'
import { scenario } from './app.ts'
import {
  an,
  hoa,
  lan,
  minh,
  nga,
  nobody,
  stranger,
  strangerOfficer,
  thu,
  tu,
  type Who,
  yen,
} from './people.ts'
import { NAMES, rows } from './requests.ts'
import { setTheStage, undone } from './stage.ts'

const REFUSED = new Set([401, 403, 404])
const table: string[] = []

describe('who may do what to whose', () => {
  test('the table has a row for every operation of the contract', async () => {
    const { paths } = JSON.parse((await describeContract()).openapi) as {
      paths: Record<string, Record<string, { operationId: string }>>
    }
    const operations = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    )
    assert.deepEqual([...new Set(rows.map((row) => row.operation))].sort(), operations.sort())
  })

  scenario('every operation × the whole cast × own and foreign things', async (as, t) => {
    const { own, foreign, gate } = await setTheStage(as, t)
    const cast: Record<string, Who> = {
      nobody,
      lan,
      hoa,
      tu,
      stranger,
      minh,
      thu,
      nga,
      an,
      yen,
      strangerOfficer,
      gate,
    }
    const wrong: string[] = []
    for (const row of rows)
      for (const [whose, things, allowed] of [
        ['own', own, row.own],
        ['foreign', foreign, row.foreign],
      ] as const) {
        if (allowed === undefined) continue
        const may: string[] = []
        for (const name of NAMES) {
          const { status, body } = await undone(t, () => as(cast[name]!)(...row.ask(things)))
          assert.ok(status < 500, `${row.operation} as ${name}: ${JSON.stringify(body)}`)
          const isOwnRefusal = status === 401 && body.code !== 'access.signInNeeded'
          if (!REFUSED.has(status) || isOwnRefusal) may.push(name)
          const shouldBe = allowed.split(' ').includes(name)
          if (shouldBe !== may.includes(name))
            wrong.push(`${row.operation}, ${whose}: ${name} got ${status} ${body?.code ?? ''}`)
        }
        table.push(
          `${row.operation.padEnd(22)} ${whose.padEnd(8)} ${may.length === NAMES.length ? 'everybody' : may.join(' ') || 'nobody at all'}`,
        )
      }
    assert.deepEqual(wrong, [])
  })

  after(() => process.stdout.write(`${table.join('\n')}\n`))
})
