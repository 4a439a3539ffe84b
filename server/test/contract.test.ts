import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { describeContract, FILES } from '../src/contract.ts'
import { cursorOf } from '../src/platform/paging.ts'
import { type Stage, scenario } from './app.ts'
import { hoa, lan, minh, nga, nobody, thu, type Who } from './people.ts'
import { rows } from './requests.ts'
import { setTheStage, type Things, undone } from './stage.ts'

type Shape = {
  type?: string
  enum?: unknown[]
  anyOf?: Shape[]
  $ref?: string
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}
type Operation = {
  operationId: string
  'x-permission': string | null
  'x-scope': string
  security?: unknown[]
  responses: Record<string, { content?: Record<string, unknown> }>
  parameters?: { name: string; in: string; schema: Shape }[]
  requestBody?: { content: { 'application/json': { schema: Shape } } }
}

const contract = await describeContract()
const api = JSON.parse(contract.openapi) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Shape> }
}
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)

describe('the contract', () => {
  test('is committed as the server declares it: run `npm run contract` after a change', async () => {
    // The texts are too long for a message that shows both.
    assert.ok((await readFile(FILES.openapi, 'utf8')) === contract.openapi, `${FILES.openapi} is stale`)
    assert.ok((await readFile(FILES.types, 'utf8')) === contract.types, `${FILES.types} is stale`)
  })

  test('every operation has a name of its own, a permission and a scope', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(names).size, names.length)
    for (const { operation } of operations) {
      assert.ok('x-permission' in operation, operation.operationId)
      assert.match(operation['x-scope'], /^(anyone|own|area|place|all)$/)
    }
  })

  test('every operation says how it refuses, and what is for anyone asks for no token', () => {
    for (const { operation } of operations) {
      const { operationId, responses, security } = operation
      assert.deepEqual(
        Object.keys(responses.default?.content ?? {}),
        ['application/problem+json'],
        operationId,
      )
      assert.deepEqual(security, operation['x-permission'] === null ? [] : undefined, operationId)
    }
    assert.ok(operations.some(({ operation }) => operation.security))
  })
})

/** What attackers and broken phones send in place of anything. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    2 ** 53,
    '',
    ' ',
    '\0',
    'a\0b',
    '\uD800',
    'é'.normalize('NFD'),
    '=1+1',
    '../../etc/passwd',
    '1850-01-01',
    '2199-12-31T23:59:60Z',
    '1970-01-01T00:00:00Z',
    '0000-00-00',
    '00000000-0000-0000-0000-000000000000',
    "'; drop table people; --",
    'A'.repeat(70_000),
    [],
    {},
    [[[]]],
    { __proto__: null },
    '%00',
    '%',
    '٣',
    '😀'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
)

/** What the stage holds, so that a handler finds what it is asked for. */
type Known = { own: Things & { card: string; device: string; gate: string }; foreign: Things }
type Arbitrary = fc.Arbitrary<unknown>

const kindOf = (hint: string) =>
  hint === 'bus'
    ? hint
    : hint
        .replace(/Ids?$/, '')
        .replace(/^people$/, 'person')
        .replace(/ches$/, 'ch')
        .replace(/s$/, '')

/** Ids of the kind that a field or a folder of an address names (`personId`, `/people/…`), then any. */
function ids({ own, foreign }: Known, hint: string) {
  const kind = kindOf(hint) as keyof Things
  const all = [own, foreign].flatMap(({ person, place, guard, case: sickness, trace, warning }) => [
    person,
    place,
    guard,
    sickness,
    trace,
    warning,
  ])
  const meant = [own, foreign].flatMap((things) => things[kind] ?? [])
  const [first, ...others] = meant.length > 0 ? meant : all
  return fc.oneof(
    { weight: 7, arbitrary: fc.constant(first) },
    { weight: 2, arbitrary: fc.constantFrom(...others, ...all) },
    { weight: 1, arbitrary: fc.uuid() },
  )
}

const cursors = ({ own }: Known) =>
  fc.constantFrom(
    cursorOf('abc'),
    cursorOf(1),
    cursorOf(null),
    cursorOf(-1.5),
    cursorOf('9'.repeat(18)),
    cursorOf(own.place),
    cursorOf(own.case, 1),
    cursorOf(1, 1),
    cursorOf('2026-11-20T00:00:00.000Z', own.person),
    cursorOf('2026-11-20T00:00:00.000Z', 1),
    cursorOf(null, null),
  )

/** What fields of these names hold in good requests. */
const usual: Record<string, unknown[]> = {
  area: ['22366', '56', '00004'],
  areas: ['22366', '56', '00004'],
  areaCode: ['22366', '22366', '00004'],
  answers: [
    {
      travelled: false,
      hasSymptoms: false,
      contactPatient: false,
      contactAffectedCountry: false,
      contactSymptoms: false,
    },
  ],
  birthYear: [1980],
  diseaseId: ['covid-19', 'measles'],
  formId: ['general'],
  formVersion: [1],
  forms: ['general'],
  login: ['minh'],
  password: ['minh-password'],
  kind: ['market', 'shop', 'vehicle', 'wedding'],
  plate: ['79B-012.34', '29LD 00001'],
  phone: ['0905000101', '0905000998'],
  publicKey: [`${'A'.repeat(43)}=`],
  reason: ['Nhầm ca'],
  unitCodes: [['22366']],
  startsAt: ['2026-11-24T00:00:00Z'],
  endsAt: ['2026-12-01T00:00:00Z'],
  version: [1],
}

/** Mostly right, so that the handler is reached; sometimes nasty. `hint` is the name of the field. */
function fits(known: Known, shape: Shape, hint: string): Arbitrary {
  const whole = shape.$ref ? api.components.schemas[shape.$ref.split('/').at(-1)!]! : shape
  if (hint === 'cursor') return cursors(known)
  if (whole.enum) return fc.constantFrom(...whole.enum)
  if (/^(placeCode|publicCode)$/.test(hint))
    return fc.oneof(
      fc.constantFrom(known.own.placeCode, known.foreign.placeCode),
      fc.string({ maxLength: 12 }),
    )
  if (Object.hasOwn(usual, hint))
    return fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...usual[hint]!) },
      { weight: 1, arbitrary: nasty },
    )
  if (whole.anyOf) return fc.oneof(...whole.anyOf.map((one) => fits(known, one, hint)))
  if (whole.type === 'object')
    return someOf(
      Object.fromEntries(
        Object.entries(whole.properties ?? {}).map(([key, one]) => [key, mostly(known, one, key)]),
      ),
      whole.required ?? [],
    )
  if (whole.type === 'array') return fc.array(mostly(known, whole.items ?? {}, hint), { maxLength: 3 })
  if (whole.type === 'integer' || whole.type === 'number')
    return fc.oneof(
      {
        weight: 9,
        arbitrary: fc.integer({
          min: Math.ceil(whole.minimum ?? -5),
          max: Math.floor(whole.maximum ?? 3000),
        }),
      },
      { weight: 1, arbitrary: fc.oneof(fc.integer({ min: -5, max: 3000 }), fc.double()) },
    )
  if (whole.type === 'boolean') return fc.boolean()
  if (whole.format === 'uuid') return ids(known, hint)
  if (whole.format === 'date')
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('2026-11-18', '2026-11-20') },
      { weight: 1, arbitrary: fc.constantFrom('1900-01-01', '2199-12-31', '2024-02-29') },
    )
  if (whole.format === 'date-time')
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('2026-11-20T01:00:00Z', '2026-11-20T02:30:00+07:00') },
      { weight: 1, arbitrary: fc.constantFrom('1970-01-01T00:00:00+14:00', '2199-01-01T00:00:00Z') },
    )
  if (whole.pattern && /^(card|device|gate)$/.test(kindOf(hint)))
    return fc.constant(known.own[kindOf(hint) as 'card'])
  if (whole.pattern) return fc.stringMatching(new RegExp(whole.pattern))
  if (whole.type === 'string')
    return fc.oneof(
      fc.constantFrom('Chợ Đầm', '22366', '56', '0905000101', 'covid-19', 'market', 'general'),
      fc.string({ maxLength: whole.maxLength ?? 30 }),
    )
  return nasty
}

/** A good request as it is, or with one thing in it nasty. */
const slips = (body: unknown) => {
  const fields = body && typeof body === 'object' && !Array.isArray(body) ? Object.keys(body) : []
  if (fields.length === 0) return fc.constant(body)
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(body) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...fields), nasty)
        .map(([field, value]) => ({ ...(body as object), [field]: value })),
    },
  )
}

/** What is required, and two at most of the rest: many fields at once are seldom right together. Or any of them. */
function someOf(fields: Record<string, Arbitrary>, required: readonly string[]): Arbitrary {
  const optional = Object.keys(fields).filter((key) => !required.includes(key))
  const few = fc
    .subarray(optional, { maxLength: Math.min(2, optional.length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries([...required, ...chosen].map((key) => [key, fields[key]!]))),
    )
  return fc.oneof(
    { weight: 4, arbitrary: few },
    { weight: 1, arbitrary: fc.record(fields, { requiredKeys: [...required] }) },
  )
}

const mostly = (known: Known, shape: Shape, hint: string): Arbitrary =>
  fc.oneof({ weight: 19, arbitrary: fits(known, shape, hint) }, { weight: 1, arbitrary: nasty })

const textOf = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const rowCounts = ({ sql }: Stage) => sql`
  select (select count(*) from people) as people, (select count(*) from places) as places,
    (select count(*) from scans) as scans, (select count(*) from visits) as visits,
    (select count(*) from open_stays) as open_stays, (select count(*) from declarations) as declarations,
    (select count(*) from cases) as cases, (select count(*) from contacts) as contacts,
    (select count(*) from entry_holds) as entry_holds,
    (select count(*) from warnings) as warnings, (select count(*) from messages) as messages`

describe('no input makes a failure of the server', () => {
  // One stage for all, set once and never changed: each request is taken back.
  scenario('every operation answers whatever it is sent, and writes all or nothing', async (as, t) => {
    const { gate, own, foreign } = await setTheStage(as, t)
    const made = async (who: Who, address: string, body?: object) =>
      (await as(who)('POST', address, body)).body as { id: string; code: string }
    const known: Known = {
      own: {
        ...own,
        card: (await made(lan, `/people/${own.person}/paper-cards`)).id,
        device: (await made(lan, '/me/devices', { publicKey: `${'B'.repeat(43)}=` })).id,
        gate: (await made(hoa, `/places/${own.place}/gates`, { name: 'Cửa Bắc', direction: 'in' })).code,
      },
      foreign,
    }
    assert.ok(known.own.card && known.own.device && known.own.gate)
    const actors: Who[] = [lan, hoa, minh, thu, nga, nobody, gate]
    const permitted = new Map<Who, Set<string>>()
    for (const who of actors)
      permitted.set(who, new Set((await as(who)('GET', '/me')).body.permissions as string[]))
    /** Mostly somebody who may do this, so that the request reaches what it is about. */
    const somebody = (permission: string | null) => {
      const able = actors.filter((who) => permission === null || permitted.get(who)!.has(permission))
      return fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...able) },
        { weight: 1, arbitrary: fc.constantFrom(...actors) },
      )
    }
    const counts = await rowCounts(t)
    const granted = new Set<string>()
    for (const { path, method, operation } of operations) {
      const parameters = operation.parameters ?? []
      const body = operation.requestBody?.content['application/json'].schema
      /** What a parameter is about: its name, or for `{id}` the folder that it stands in. */
      const hintOf = (name: string) => {
        if (name === 'code' && path.includes('/public/places/')) return 'placeCode'
        if (name === 'id' && path.includes('/trips')) return 'bus'
        if (name === 'id' && path.includes('/guests')) return 'event'
        if (path.includes('/follow-ups/')) return 'followUp'
        if (path.includes('/hand-overs/')) return 'handOver'
        return /(\w+)\/$/.exec(path.split(`{${name}}`)[0]!)?.[1] ?? name
      }
      const input = fc.record({
        who: somebody(operation['x-permission']),
        body: body
          ? fc.oneof({ weight: 5, arbitrary: fits(known, body, '') }, { weight: 1, arbitrary: nasty })
          : fc.constant(undefined),
        parameters: someOf(
          Object.fromEntries(
            parameters.map((one) => [
              one.name,
              mostly(known, one.schema, one.in === 'path' ? hintOf(one.name) : one.name),
            ]),
          ),
          parameters.flatMap((one) => (one.in === 'path' ? [one.name] : [])),
        ),
      })
      /** What is known to be right is asked, too: some of it nobody would guess. */
      const rightly = fc.record({
        who: somebody(operation['x-permission']),
        right: fc
          .constantFrom(...rows.filter((row) => row.operation === operation.operationId))
          .chain((row) => {
            const [, address, body] = row.ask(known.own)
            return fc.record({ address: fc.constant(address), body: slips(body) })
          }),
      })
      const isAnswered = async (who: Who, address: string, body: unknown) => {
        const answer = await as(who)(method as 'GET', address, body)
        const said = `${method} ${address} as ${who.name}: ${answer.status} ${JSON.stringify(answer.body)}`
        assert.ok(answer.status < 500, said)
        if (answer.status < 400) granted.add(operation.operationId)
        else {
          assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
          assert.match(answer.body.code, /^[a-zA-Z]+\.[a-zA-Z]+$/)
          assert.deepEqual(await rowCounts(t), counts, said)
        }
      }
      const ask = async ({ who, body, parameters }: { who: Who; body: unknown; parameters: object }) => {
        const values = parameters as Record<string, unknown>
        const write = (value: unknown) => encodeURIComponent(textOf(value).toWellFormed().slice(0, 2000))
        const inPath = path.replace(/\{(\w+)\}/g, (_, name) => write(values[name]) || 'x')
        const query = (operation.parameters ?? [])
          .filter((one) => one.in === 'query' && one.name in values)
          .map(({ name }) => `${name}=${write(values[name])}`)
        const address = `${inPath}${query.length > 0 ? `?${query.join('&')}` : ''}`
        await isAnswered(who, address, body)
      }
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 3, arbitrary: input }, { weight: 1, arbitrary: rightly }),
          (values) =>
            undone(t, () =>
              'right' in values
                ? isAnswered(values.who, values.right.address, values.right.body)
                : ask(values as never),
            ),
        ),
        { numRuns: Number(process.env.FUZZ_RUNS ?? 25) },
      )
    }
    const shallow = operations.filter(({ operation }) => !granted.has(operation.operationId))
    // All but a handful, by experience; chance leaves out another one each time.
    const fewest = Math.floor(operations.length * 0.8)
    assert.ok(
      granted.size >= fewest,
      `only refusals: ${shallow.map(({ operation }) => operation.operationId)}`,
    )
    process.stdout.write(`only refused: ${shallow.map(({ operation }) => operation.operationId).join(' ')}\n`)
  })
})
