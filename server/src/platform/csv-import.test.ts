import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Context } from './context.ts'
import { type CsvKind, fault, importCsv } from './csv-import.ts'
import type { Sql } from './database.ts'
import { Problem } from './problem.ts'

const folder = await mkdtemp(join(tmpdir(), 'lachan-import-'))
after(() => rm(folder, { recursive: true }))

/** A database that has transactions and nothing else: what is written is what `write` was given. */
const sql = { begin: (work: (tx: Sql) => unknown) => work(sql as never) } as unknown as Sql
const ctx = { record: async () => {} } as unknown as Context

type Animal = { name: string; legs: number }
let seen: Animal[] = []

const animals: CsvKind<Animal> = {
  action: 'animal.import',
  columns: ['name', 'legs', 'colour'],
  optional: ['colour'],
  check([name = '', legs = '']) {
    const faults = name === '' ? [fault('name', 'trống', 'empty')] : []
    if (!/^\d+$/.test(legs)) faults.push(fault('legs', 'sai', 'no number'))
    return faults.length > 0 ? faults : { name, legs: Number(legs) }
  },
  async write(_ctx, rows) {
    const known = new Set(seen.map(({ name }) => name))
    const fresh = rows.filter(({ name, legs }) => legs < 100 && !known.has(name))
    const refused = new Map(
      rows.flatMap(({ legs }, at) => (legs < 100 ? [] : [[at, fault('legs', 'nhiều', 'too many')]])),
    )
    seen.push(...fresh)
    return { written: fresh.length, refused }
  },
}

async function imported(content: string | Buffer, errors?: string) {
  seen = []
  const input = join(folder, 'animals.csv')
  await writeFile(input, content)
  const counts = await importCsv(animals, {
    input,
    errors: errors && join(folder, errors),
    sql,
    context: () => ctx,
    language: 'en',
    say: () => {},
  })
  return {
    counts,
    errors: await readFile(errors ? join(folder, errors) : `${input}.errors.csv`, 'utf8').catch(() => null),
  }
}

const problemOf = (content: string | Buffer) =>
  imported(content).then(
    () => assert.fail('it was taken'),
    (problem) => {
      assert.ok(problem instanceof Problem, String(problem))
      return [
        problem.code,
        ...(problem.extras.fields ?? []).map(({ field, reason }) => `${field} ${reason}`),
      ].join(', ')
    },
  )

describe('a file that is understood', () => {
  const two = [
    { name: 'cat', legs: 4 },
    { name: 'hen', legs: 2 },
  ]
  const forms: Record<string, string> = {
    'as it should be': 'name,legs\ncat,4\nhen,2\n',
    'with a byte order mark, CR LF and no end of line': '\ufeffname,legs\r\ncat,4\r\nhen,2',
    'with semicolons': 'name;legs\ncat;4\nhen;2\n',
    'in another order, another case, blanks around': 'Legs , NAME\n 4 ,cat\n2, hen \n',
    'with quotes and an optional column': '"name","legs","colour"\n"cat","4","black, white"\nhen,2,\n',
    'with blank lines': 'name,legs\n\ncat,4\n\n\nhen,2\n\n',
  }
  for (const [how, content] of Object.entries(forms))
    test(how, async () => {
      const { counts, errors } = await imported(content)
      assert.deepEqual(counts, { read: 2, written: 2, repeated: 0, refused: 0 })
      assert.deepEqual(seen, two)
      assert.equal(errors, null)
    })

  test('text is kept in NFC, quotes inside stay', async () => {
    await imported(`name,legs\n${'Chó Mực'.normalize('NFD')},4\n"the ""big"" one",4\n5" long,4\n`)
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['Chó Mực', 'the "big" one', '5" long'],
    )
  })

  test('rows that are known already are counted apart', async () => {
    const { counts } = await imported(`name,legs\n${'cat,4\n'.repeat(4000)}cat,4\nhen,2\n`)
    assert.deepEqual(counts, { read: 4002, written: 4001, repeated: 1, refused: 0 })
  })
})

describe('a file that is not', () => {
  const cases: [string | Buffer, string][] = [
    ['', 'import.badHeader, name missing, legs missing'],
    ['name,arms\ncat,4\n', 'import.badHeader, legs missing, arms unknown'],
    ['name,legs,legs\ncat,4,4\n', 'import.badHeader, legs duplicate'],
    ['name\tlegs\ncat\t4\n', 'import.badHeader, name missing, legs missing, name\tlegs unknown'],
    [Buffer.from('\ufeffname,legs\ncat,4\n', 'utf16le'), 'import.notUtf8'],
    [Buffer.from('name,legs\ncat,4\n', 'utf16le'), 'import.notUtf8'],
    [Buffer.from('name,legs\nchó,4\n', 'latin1'), 'import.notUtf8'],
    [Buffer.concat([Buffer.from('name,legs\ncat,4\n'), Buffer.of(0xe1, 0xbb)]), 'import.notUtf8'],
    ['name,legs\ncat,4\n"hen,2\n', 'import.brokenQuotes, line 3 "'],
    [`name,legs\ncat,4\n"hen,2\n${'cow,4\n'.repeat(50_000)}`, 'import.brokenQuotes, line 3 "'],
  ]
  for (const [content, problem] of cases)
    test(`${problem}: ${JSON.stringify(String(content).slice(0, 30))}`, async () => {
      assert.equal(await problemOf(content), problem)
      if (problem.startsWith('import.badHeader')) assert.deepEqual(seen, [])
    })

  test('a folder, or nothing at all', async () => {
    for (const input of [folder, join(folder, 'nowhere.csv')]) {
      const options = { input, sql, context: () => ctx, language: 'en' as const, say: () => {} }
      await assert.rejects(importCsv(animals, options), { code: 'import.notReadable' })
    }
  })
})

describe('rows that are refused', () => {
  const content =
    'name,legs\ncat,4\n=SUM(A1),x\n"two\nlines",6\n-1+1,y\nworm\nlice\0,6\ncentipede,100\n,z\nowl,2\n'

  test('are listed fault by fault, and without what they held', async () => {
    const { counts, errors } = await imported(content)
    const path = join(folder, 'animals.csv.errors.csv')
    assert.deepEqual(counts, { read: 9, written: 3, repeated: 0, refused: 6, errors: path })
    assert.equal(
      errors,
      'line,field,reason\n3,legs,no number\n6,legs,no number\n7,,has 1 cells instead of 2\n' +
        '8,name,holds a NUL character\n9,legs,too many\n10,name,empty\n10,legs,no number\n',
    )
    await imported('name,legs\ncat,4\n')
    await assert.rejects(readFile(path), { code: 'ENOENT' })
  })

  test('come back whole, and harmless, in a file that was named', async () => {
    const { errors } = await imported(content, 'bad.csv')
    const lines = errors!.split('\n')
    assert.equal(lines[0], 'line,field,reason,name,legs,colour')
    assert.equal(lines[1], "3,legs,no number,'=SUM(A1),x,")
    assert.equal(lines[2], "6,legs,no number,'-1+1,y,")
    assert.equal(
      (await imported('name,legs\ncat,4\n', 'bad.csv')).errors,
      'line,field,reason,name,legs,colour\n',
    )
  })

  test('are never written over the file itself', async () => {
    await imported('name,legs\n')
    await assert.rejects(imported('name,legs\ncat,x\n', 'animals.csv'), { code: 'import.errorsFileInUse' })
    assert.equal(await readFile(join(folder, 'animals.csv'), 'utf8'), 'name,legs\ncat,x\n')
  })
})
