import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { casesImport } from '../server/src/modules/cases/index.ts'
import { linksImport } from '../server/src/modules/tracing/index.ts'
import { type CsvKind, isFaulty } from '../server/src/platform/csv-import.ts'
import { type Stage, scenario } from '../server/test/app.ts'
import { minh } from '../server/test/people.ts'
import { filesOf, KOREA, readCsv, readOutbreak, SINGAPORE, singapore, TIANJIN, tianjin } from './outbreaks.ts'

/**
 * What La Chan says of an outbreak, beside the same figures from the line list as it was published: another reading of
 * the file, other ways to compute. The lists are not part of La Chan; LACHAN_OUTBREAKS names the folder that holds them.
 */
const FOLDER = process.env.LACHAN_OUTBREAKS ?? ''
const skip = FOLDER === ''
const DAY = 86_400_000

/** As the line list has it: who caught it from whom, and who belongs to which place; `day` is the onset, if known. */
type Raw = {
  cases: Map<string, { day: number | null; began: number }>
  pairs: [string, string][]
  at: [string, string][]
}

async function imported<Row>(t: Stage, kind: CsvKind<Row>, text: string) {
  const rows = readCsv(text).map((row) => {
    const checked = kind.check(
      kind.columns.map((name) => row[name] ?? ''),
      t.time,
    )
    assert.ok(!isFaulty(checked), JSON.stringify([row, checked]))
    return checked
  })
  const { written, refused } = await kind.write(t.ctx(), rows)
  assert.deepEqual([...refused], [])
  return { written, read: rows.length }
}

/** Sizes of what hangs together, by spreading the smallest name until nothing changes. */
function sizesOf({ cases, pairs, at }: Raw) {
  const label = new Map<string, string>()
  const linked = [...pairs, ...at.map(([one, place]): [string, string] => [one, `at ${place}`])]
  for (const [one, other] of linked) {
    label.set(one, one)
    label.set(other, other)
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const [one, other] of linked) {
      const least = [label.get(one)!, label.get(other)!].sort()[0]!
      for (const name of [one, other])
        if (label.get(name) !== least) {
          label.set(name, least)
          changed = true
        }
    }
  }
  const groups = new Map<string, string[]>()
  for (const [name, group] of label)
    if (cases.has(name)) groups.set(group, [...(groups.get(group) ?? []), name])
  return [...groups.values()]
}

const dayText = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)

function truth(raw: Raw) {
  const chains = sizesOf(raw)
    .map((names) => {
      const days = names.map((name) => raw.cases.get(name)!.began)
      return [names.length, dayText(Math.min(...days)), dayText(Math.max(...days))] as const
    })
    .sort()
  const serial = raw.pairs.flatMap(([from, to]) => {
    const [one, other] = [raw.cases.get(from)!.day, raw.cases.get(to)!.day]
    return one === null || other === null ? [] : [other - one]
  })
  const degrees = [...raw.cases.keys()]
    .map((name) => raw.pairs.filter(([from]) => from === name).length)
    .sort((one, other) => other - one)
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
  const mean = sum(serial) / serial.length
  const inOrder = serial.toSorted((one, other) => one - other)
  return {
    chains,
    serial: {
      n: serial.length,
      mean,
      median: (inOrder[Math.ceil(serial.length / 2) - 1]! + inOrder[Math.floor(serial.length / 2)]!) / 2,
      sd: Math.sqrt(sum(serial.map((one) => (one - mean) ** 2)) / (serial.length - 1)),
      min: Math.min(...serial),
      max: Math.max(...serial),
    },
    offspring: {
      cases: degrees.length,
      infections: sum(degrees),
      max: degrees[0],
      none: degrees.filter((one) => one === 0).length / degrees.length,
      topFifth: sum(degrees.slice(0, Math.ceil(degrees.length * 0.2))) / sum(degrees),
    },
    degrees,
  }
}

async function answered(ask: ReturnType<Parameters<Parameters<typeof scenario>[1]>[0]>, disease: string) {
  const chains: (readonly [number, string, string])[] = []
  let cursor = ''
  do {
    const { status, body } = await ask('GET', `/chains?limit=7&sort=-size${cursor && `&cursor=${cursor}`}`)
    assert.equal(status, 200, JSON.stringify(body))
    chains.push(...body.items.map((one: any) => [one.size, one.firstOn, one.lastOn] as const))
    cursor = body.next ?? ''
  } while (cursor)
  const { body } = await ask('GET', `/transmission/figures?disease=${disease}`)
  const { serialIntervals, offspring } = body
  const degrees = offspring.counts
    .flatMap((one: any) => Array(one.cases).fill(one.infected))
    .toSorted((one: number, other: number) => other - one)
  return { chains: chains.sort(), serialIntervals, offspring, degrees }
}

async function compare(
  t: Stage,
  ask: Parameters<typeof answered>[0],
  files: ReturnType<typeof filesOf>,
  raw: Raw,
  disease: string,
) {
  t.now('2026-11-22T03:00:00Z')
  const people = await imported(t, casesImport({ createMissing: true }), files['cases.csv'])
  assert.equal(people.written, raw.cases.size)
  const links = await imported(t, linksImport({ createMissing: true }), files['links.csv'])
  assert.equal(links.written, links.read)
  const again = await imported(t, linksImport({ createMissing: true }), files['links.csv'])
  assert.equal(again.written, 0)
  const found = await answered(ask, disease)
  const expected = truth(raw)
  assert.deepEqual(found.chains, expected.chains)
  assert.deepEqual(found.degrees, expected.degrees)
  for (const name of ['n', 'mean', 'median', 'sd', 'min', 'max'] as const)
    assert.ok(
      Math.abs(found.serialIntervals[name] - expected.serial[name]) < 1e-9,
      `${name}: ${found.serialIntervals[name]} for ${expected.serial[name]}`,
    )
  assert.deepEqual(
    {
      cases: found.offspring.cases,
      infections: found.offspring.infections,
      max: found.offspring.max,
      none: found.offspring.shareNone,
      topFifth: found.offspring.topFifthShare,
    },
    expected.offspring,
  )
  return expected
}

const say = (name: string, { chains, serial, offspring }: ReturnType<typeof truth>) => {
  const round = (value: number) => Math.round(value * 1000) / 1000
  process.stdout.write(
    `${name}: ${offspring.cases} cases, ${offspring.infections} links, chains of ${chains
      .map(([size]) => size)
      .sort((a, b) => b - a)
      .join(
        ' ',
      )}; serial n ${serial.n}, mean ${round(serial.mean)}, median ${serial.median}, sd ${round(serial.sd)}, ${serial.min} to ${serial.max}; most ${offspring.max}, none ${round(offspring.none)}, top fifth ${round(offspring.topFifth)}\n`,
  )
}

describe('a small outbreak, computed by hand', () => {
  // A began it: B and C from A, D from B before B fell ill himself; E and F at the mall, where A infected C.
  const list = {
    cases: [
      ['A', '2020-01-01'],
      ['B', '2020-01-06'],
      ['C', '2020-01-04'],
      ['D', '2020-01-05'],
      ['E', '2020-01-09'],
      ['F', ''],
      ['G', '2020-01-02'],
      ['H', '2020-01-10'],
      ['I', '2020-01-03'],
    ],
    links: [
      ['A', 'B', ''],
      ['A', 'C', 'mall'],
      ['B', 'D', ''],
      ['', 'E', 'mall'],
      ['', 'F', 'mall'],
      ['G', 'H', ''],
    ],
  }
  const files = () =>
    filesOf({
      cases: list.cases.map(([ref, onset]) => ({
        ref: ref!,
        birth: '',
        sex: '',
        disease: 'covid-19',
        onset: onset!,
        sampled: '2020-01-11',
      })),
      links: list.links.map(([infector, infected, place]) => ({
        infector: infector!,
        infected: infected!,
        place: place!,
        confidence: 'probable',
      })),
      places: [],
    })

  scenario('chains, serial intervals and out-degree are those of the paper', async (as, t) => {
    t.now('2026-11-22T03:00:00Z')
    await imported(t, casesImport({ createMissing: true }), files()['cases.csv'])
    await imported(t, linksImport({ createMissing: true }), files()['links.csv'])
    const found = await answered(as(minh), 'covid-19')
    assert.deepEqual(found.chains, [
      [2, '2020-01-02', '2020-01-10'],
      [6, '2020-01-01', '2020-01-11'],
    ])
    // A→B 5, A→C 3, B→D -1, G→H 8.
    const { n, mean, median, sd, min, max } = found.serialIntervals
    assert.deepEqual([n, mean, median, min, max], [4, 3.75, 4, -1, 8])
    assert.ok(Math.abs(sd - Math.sqrt((1.25 ** 2 + 0.75 ** 2 + 4.75 ** 2 + 4.25 ** 2) / 3)) < 1e-9)
    assert.deepEqual(found.degrees, [2, 1, 1, 0, 0, 0, 0, 0, 0])
    assert.equal(found.offspring.topFifthShare, 3 / 4) // two of nine cases

    const [{ case: first }] = (await as(minh)('GET', '/chains?minSize=3')).body.items
    const chain = (await as(minh)('GET', `/cases/${first.id}/chain`)).body
    const generation = (day: string) =>
      chain.nodes.find((one: any) => one.on === day && one.kind === 'case').generation
    assert.deepEqual(
      ['2020-01-01', '2020-01-06', '2020-01-04', '2020-01-05', '2020-01-09', '2020-01-11'].map(generation),
      [0, 1, 1, 2, 1, 1],
    )
    assert.deepEqual(
      chain.nodes
        .filter((one: any) => one.kind === 'event')
        .map((one: any) => [one.label, one.generation, one.infected]),
      [['mall', 0, 2]],
    )
    assert.equal(chain.generations, 2)
  })

  scenario('the independent way agrees', async (as, t) => {
    const day = (text: string) => Date.parse(text) / DAY
    await compare(
      t,
      as(minh),
      files(),
      {
        cases: new Map(
          list.cases.map(([ref, onset]) => [
            ref!,
            { day: onset ? day(onset) : null, began: day(onset || '2020-01-11') },
          ]),
        ),
        pairs: list.links.flatMap(([from, to]): [string, string][] => (from ? [[from, to!]] : [])),
        at: list.links.flatMap(([, to, place]): [string, string][] => (place ? [[to!, place]] : [])),
      },
      'covid-19',
    )
  })
})

test('a line list is read with quotes, and related cases point from the earlier to the later', () => {
  const { links } = singapore(
    'CaseID,Related cases,Cluster links,date_onset_symptoms,date_confirmation,cluster\r\n1,"2, 3",NA,2020-01-05,2020-01-09,Wuhan\r\n2,1,NA,2020-01-03,2020-01-09,Life Church\r\n3,,NA,NA,2020-01-08,Life Church\r\n',
  )
  assert.deepEqual(
    links.map(({ infector, infected, place }) => [infector, infected, place]),
    [
      ['SG_2', 'SG_1', ''],
      ['', 'SG_2', 'Life Church'],
      ['SG_1', 'SG_3', 'Life Church'],
    ],
  )
  const { cases } = tianjin(
    'name,symptom_onset,confirm_date,edge_list,cluster\nTJ1,18275,18282,",,,",Wuhan\nTJ1,18275,18282,",,,",Wuhan\n',
  )
  assert.deepEqual(
    cases.map(({ ref, onset, sampled }) => [ref, onset, sampled]),
    [['TJ1', '2020-01-14', '2020-01-21']],
  )
})

describe('outbreaks that somebody else investigated', { skip }, () => {
  const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8')
  const plain = (line: string) =>
    line.replace(/"(?:[^"]|"")*"/g, (cell) => cell.replaceAll(',', ' ')).split(',')
  const tableOf = (text: string) => {
    const [head = '', ...lines] = text.trim().split(/\r?\n/)
    const names = plain(head).map((name) => name.replaceAll('"', ''))
    return lines.map((line) => {
      const cells = plain(line).map((cell) => cell.replaceAll('"', '').trim())
      return (name: string) => cells[names.indexOf(name)] ?? ''
    })
  }
  const dayOf = (text: string) => (/^\d{4}/.test(text) ? Date.parse(text) / DAY : null)

  scenario('MERS, Korea 2015', async (as, t) => {
    const cases = new Map(
      tableOf(read(KOREA[0])).map((cell) => {
        const day = dayOf(cell('dt_onset'))
        return [cell('id'), { day, began: (day ?? dayOf(cell('dt_diag')) ?? dayOf(cell('dt_report')))! }]
      }),
    )
    const contacts = tableOf(read(KOREA[1]))
    const pairs = contacts.map((cell): [string, string] => [cell('from'), cell('to')])
    const found = await compare(
      t,
      as(minh),
      filesOf(readOutbreak('korea', FOLDER)),
      { cases, pairs, at: [] },
      'mers',
    )
    say('MERS, Korea 2015', found)
    // The list has the days between onsets, too, as its authors counted them.
    const theirs = contacts.flatMap((cell) =>
      /^-?\d+$/.test(cell('diff_dt_onset')) ? [Number(cell('diff_dt_onset'))] : [],
    )
    assert.equal(theirs.length, found.serial.n)
    assert.ok(Math.abs(theirs.reduce((sum, one) => sum + one, 0) / theirs.length - found.serial.mean) < 1e-9)

    const list = (await as(minh)('GET', '/chains?sort=-size&limit=1&asOf=2015-06-10')).body
    assert.equal(list.items[0].active, true)
    assert.equal((await as(minh)('GET', '/chains?status=active')).body.items.length, 0)
  })

  scenario('COVID-19, Singapore 2020', async (as, t) => {
    const rows = new Map<string, { day: number | null; began: number; related: string; cluster: string }>()
    // The one list with line ends within cells.
    const text = read(SINGAPORE).replace(/"[^"]*"/g, (cell) => cell.replace(/\s+/g, ' '))
    for (const cell of tableOf(text)) {
      const day = dayOf(cell('date_onset_symptoms'))
      rows.set(cell('CaseID'), {
        day,
        began: (day ?? dayOf(cell('date_confirmation')))!,
        related: `${cell('Related cases')} ${cell('Cluster links')}`,
        cluster: cell('cluster'),
      })
    }
    const edges = new Set<string>()
    for (const [id, { related }] of rows)
      for (const other of related.split(/[^\d]+/))
        if (rows.has(other) && other !== id)
          edges.add(
            [id, other]
              .sort((one, two) => rows.get(one)!.began - rows.get(two)!.began || Number(one) - Number(two))
              .join(' '),
          )
    const named = [
      'Grace Assembly of God',
      'Grand Hyatt Singapore',
      'Life Church',
      'Seletar Aerospace Heights',
      'Yong Thai Hang',
    ]
    const found = await compare(
      t,
      as(minh),
      filesOf(readOutbreak('singapore', FOLDER)),
      {
        cases: new Map([...rows].map(([id, { day, began }]) => [`SG_${id}`, { day, began }])),
        pairs: [...edges].map((edge) => edge.split(' ').map((id) => `SG_${id}`) as [string, string]),
        at: [...rows].flatMap(([id, { cluster }]): [string, string][] =>
          named.includes(cluster) ? [[`SG_${id}`, cluster]] : [],
        ),
      },
      'covid-19',
    )
    say('COVID-19, Singapore 2020', found)
  })

  scenario('COVID-19, Tianjin 2020', async (as, t) => {
    const cases: Raw['cases'] = new Map()
    const pairs = new Map<string, [string, string]>()
    const at = new Map<string, [string, string]>()
    for (const cell of tableOf(read(TIANJIN))) {
      const id = cell('name')
      const number = (text: string) => (/^\d+$/.test(text) ? Number(text) : null)
      const day = number(cell('symptom_onset'))
      cases.set(id, { day, began: (day ?? number(cell('confirm_date')))! })
      for (const column of ['edge1', 'edge2', 'edge3', 'edge4'])
        if (cell(column)) pairs.set(`${cell(column)} ${id}`, [cell(column), id])
      if (['mall', 'train'].includes(cell('cluster'))) at.set(id, [id, cell('cluster')])
    }
    const found = await compare(
      t,
      as(minh),
      filesOf(readOutbreak('tianjin', FOLDER)),
      { cases, pairs: [...pairs.values()], at: [...at.values()] },
      'covid-19',
    )
    say('COVID-19, Tianjin 2020', found)
  })
})
