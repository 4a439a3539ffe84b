/**
 * Turns line lists of outbreaks, in which somebody found out who infected whom, into files that La Chan imports.
 *
 *   node_modules/.bin/node bench/outbreaks.ts korea|singapore|tianjin FOLDER OUT [AREA]
 *   npx lachan import people OUT/people.csv; … places OUT/places.csv; … cases OUT/cases.csv; … links OUT/links.csv
 *
 * FOLDER holds `mers_korea_2015_linelist.csv` and `mers_korea_2015_contacts.csv` (the R package "outbreaks"), and
 * `singapore_tianjin_2020/COVID-19_Singapore_data_revised.csv` and `tianjin_cluster_known_edges.csv` beside it
 * (ClustersCOVID19). None of them is part of La Chan.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Row = Readonly<Record<string, string>>
type Case = {
  ref: string
  birth: string
  sex: string
  disease: string
  onset: string
  sampled: string
}
type Link = { infector: string; infected: string; place: string; confidence: string }
type Outbreak = { cases: Case[]; links: Link[]; places: { ref: string; name: string; kind: string }[] }

const NHA_TRANG = '22366'

/** RFC 4180: quoted cells may hold commas, quotes and line ends. */
export function readCsv(text: string): Row[] {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y
  const body = text.replace(/^\ufeff/, '')
  while (cell.lastIndex < body.length) {
    const [, value = '', end] = cell.exec(body) ?? []
    if (end === undefined) throw new Error(`A quotation mark is not closed in line ${rows.length}`)
    rows.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end !== ',') rows.push([])
  }
  const [head = [], ...lines] = rows.filter((row) => row.length > 0)
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, (line[at] ?? '').trim()])))
}

const known = (text: string | undefined) => (text === undefined || text === 'NA' ? '' : text)
const bornIn = (year: number, age: string | undefined) =>
  /^\d+(\.\d+)?$/.test(age ?? '') ? String(year - Math.floor(Number(age))) : ''
const sexOf = (text: string | undefined) => (text === 'M' ? 'male' : text === 'F' ? 'female' : '')

/** MERS in hospitals of the Republic of Korea, 2015: links as the investigators drew them. */
export function korea(linelist: string, contacts: string): Outbreak {
  const cases = readCsv(linelist).map((row) => ({
    ref: row.id!,
    birth: bornIn(2015, row.age),
    sex: sexOf(row.sex),
    disease: 'mers',
    onset: known(row.dt_onset),
    sampled: known(row.dt_diag) || known(row.dt_report),
  }))
  const links = readCsv(contacts).map(({ from, to }) => ({
    infector: from!,
    infected: to!,
    place: '',
    confidence: 'probable',
  }))
  return { cases, links, places: [] }
}

const CLUSTERS: Readonly<Record<string, string>> = {
  'Grace Assembly of God': 'religious',
  'Grand Hyatt Singapore': 'hotel',
  'Life Church': 'religious',
  'Seletar Aerospace Heights': 'factory',
  'Yong Thai Hang': 'shop',
}

/**
 * COVID-19 in Singapore, January and February 2020. The list says which cases are related, not who infected whom: the
 * one that fell ill first is taken for the infector (by confirmation where no onset is known, then by number), and the
 * named cluster for the place. Who has no earlier related case was infected at the place alone.
 */
export function singapore(list: string): Outbreak {
  const rows = new Map(readCsv(list).map((row) => [row.CaseID!, row]))
  const beganOn = (id: string) =>
    known(rows.get(id)?.date_onset_symptoms) || known(rows.get(id)?.date_confirmation)
  const isEarlier = (one: string, other: string) =>
    beganOn(one) < beganOn(other) || (beganOn(one) === beganOn(other) && Number(one) < Number(other))
  const infectors = new Map<string, Set<string>>()
  for (const [id, row] of rows)
    for (const other of `${row['Related cases']},${row['Cluster links']}`.match(/\d+/g) ?? []) {
      if (other === id || !rows.has(other)) continue
      const [from, to] = isEarlier(id, other) ? [id, other] : [other, id]
      infectors.set(to, (infectors.get(to) ?? new Set()).add(from))
    }
  const links: Link[] = []
  for (const [id, row] of rows) {
    const place = row.cluster! in CLUSTERS ? row.cluster! : ''
    const from = [...(infectors.get(id) ?? [])]
    for (const infector of from)
      links.push({ infector: `SG_${infector}`, infected: `SG_${id}`, place, confidence: 'possible' })
    if (from.length === 0 && place)
      links.push({ infector: '', infected: `SG_${id}`, place, confidence: 'possible' })
  }
  const cases = [...rows].map(([id, row]) => ({
    ref: `SG_${id}`,
    birth: bornIn(2020, row.age),
    sex: sexOf(row.sex),
    disease: 'covid-19',
    onset: known(row.date_onset_symptoms),
    sampled: known(row.date_confirmation),
  }))
  return {
    cases,
    links,
    places: Object.entries(CLUSTERS).map(([name, kind]) => ({ ref: name, name, kind })),
  }
}

const dayOf = (text: string | undefined) =>
  known(text) === '' ? '' : new Date(Number(text) * 86_400_000).toISOString().slice(0, 10)

/**
 * COVID-19 in Tianjin, January and February 2020: infectors as the list names them, several where it is not sure. Who has
 * none but was at the mall or belonged to the train was infected there.
 */
export function tianjin(list: string): Outbreak {
  const rows = new Map(readCsv(list).map((row) => [row.name!, row]))
  const links: Link[] = []
  for (const [id, row] of rows) {
    const infectors = [...new Set(row.edge_list?.match(/TJ\d+/g) ?? [])].filter(
      (other) => other !== id && rows.has(other),
    )
    const place = row.cluster === 'mall' || row.cluster === 'train' ? row.cluster : ''
    const confidence = infectors.length > 1 ? 'possible' : 'probable'
    for (const infector of infectors) links.push({ infector, infected: id, place, confidence })
    if (infectors.length === 0 && place) links.push({ infector: '', infected: id, place, confidence })
  }
  const cases = [...rows].map(([id, row]) => ({
    ref: id,
    birth: bornIn(2020, row.age),
    sex: sexOf(row.gender),
    disease: 'covid-19',
    onset: dayOf(row.symptom_onset),
    sampled: dayOf(row.confirm_date),
  }))
  const places = [
    { ref: 'mall', name: 'Baodi mall', kind: 'mall' },
    { ref: 'train', name: 'Train', kind: 'other' },
  ]
  return { cases, links, places }
}

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
const toCsv = (head: string, rows: string[][]) =>
  [head, ...rows.map((row) => row.map(quoted).join(','))].join('\n').concat('\n')

/** The files that `lachan import` takes, by name. Everybody lives in one commune. */
export const filesOf = ({ cases, links, places }: Outbreak, area = NHA_TRANG) => ({
  'people.csv': toCsv(
    'ref,name,birth,sex,phone,id_number,area,address',
    cases.map(({ ref, birth, sex }) => [ref, `Case ${ref}`, birth, sex, '', '', area, '']),
  ),
  'places.csv': toCsv(
    'ref,name,kind,area,address,lat,lon,sector,phone',
    places.map(({ ref, name, kind }) => [ref, name, kind, area, '', '', '', '', '']),
  ),
  'cases.csv': toCsv(
    'ref,person,disease,onset,sampled,area',
    cases.map(({ ref, disease, onset, sampled }) => [ref, ref, disease, onset, sampled, area]),
  ),
  'links.csv': toCsv(
    'infector,infected,place,confidence',
    links.map(({ infector, infected, place, confidence }) => [infector, infected, place, confidence]),
  ),
})

export const KOREA = ['mers_korea_2015_linelist.csv', 'mers_korea_2015_contacts.csv'] as const
export const SINGAPORE = 'singapore_tianjin_2020/COVID-19_Singapore_data_revised.csv'
export const TIANJIN = 'singapore_tianjin_2020/tianjin_cluster_known_edges.csv'

export function readOutbreak(name: string, folder: string): Outbreak {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  if (name === 'korea') return korea(read(KOREA[0]), read(KOREA[1]))
  if (name === 'singapore') return singapore(read(SINGAPORE))
  if (name === 'tianjin') return tianjin(read(TIANJIN))
  throw new Error(`"${name}" is none of korea, singapore, tianjin`)
}

if (import.meta.main) {
  const [name = '', folder = '', out = '', area] = process.argv.slice(2)
  if (!out) throw new Error('Needed: korea|singapore|tianjin FOLDER OUT [AREA]')
  mkdirSync(out, { recursive: true })
  for (const [file, text] of Object.entries(filesOf(readOutbreak(name, folder), area)))
    writeFileSync(join(out, file), text)
}
