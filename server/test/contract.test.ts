import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { describeContract, FILES } from '../src/contract.ts'
import { scenario } from './app.ts'
import { hoa, lan, minh, nga, nobody, thu, type Who } from './people.ts'

type Shape = {
  type?: string
  enum?: unknown[]
  anyOf?: Shape[]
  $ref?: string
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}
type Operation = {
  operationId: string
  'x-permission': string | null
  'x-scope': string
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
    assert.equal(await readFile(FILES.openapi, 'utf8'), contract.openapi)
    assert.equal(await readFile(FILES.types, 'utf8'), contract.types)
  })

  test('every operation has a name of its own, a permission and a scope', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(names).size, names.length)
    for (const { operation } of operations) {
      assert.ok('x-permission' in operation, operation.operationId)
      assert.match(operation['x-scope'], /^(anyone|own|area|place|all)$/)
    }
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

/** Mostly right, so that the handler is reached; sometimes nasty. */
function fits(shape: Shape): fc.Arbitrary<unknown> {
  const whole = shape.$ref ? api.components.schemas[shape.$ref.split('/').at(-1)!]! : shape
  if (whole.anyOf) return fc.oneof(...whole.anyOf.map(fits))
  if (whole.enum) return fc.constantFrom(...whole.enum)
  if (whole.type === 'object') {
    const required = new Set(whole.required)
    return fc.record(
      Object.fromEntries(Object.entries(whole.properties ?? {}).map(([key, one]) => [key, mostly(one)])),
      { requiredKeys: [...required] },
    )
  }
  if (whole.type === 'array') return fc.array(mostly(whole.items ?? {}), { maxLength: 3 })
  if (whole.type === 'integer' || whole.type === 'number')
    return fc.oneof(fc.integer({ min: -5, max: 3000 }), fc.double())
  if (whole.type === 'boolean') return fc.boolean()
  if (whole.format === 'uuid') return fc.uuid()
  if (whole.format === 'date') return fc.constantFrom('2026-11-20', '1900-01-01', '2199-12-31', '2024-02-29')
  if (whole.format === 'date-time')
    return fc.constantFrom('2026-11-20T01:00:00Z', '1970-01-01T00:00:00+14:00', '2199-01-01T00:00:00Z')
  if (whole.pattern && !/[{]/.test(whole.pattern)) return fc.stringMatching(new RegExp(whole.pattern))
  if (whole.type === 'string')
    return fc.oneof(
      fc.constantFrom('Chợ Đầm', '22366', '56', '0905000101', 'covid-19', 'market', 'general'),
      fc.string({ maxLength: whole.maxLength ?? 30 }),
    )
  return nasty
}
const mostly = (shape: Shape): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: fits(shape) }, { weight: 1, arbitrary: nasty })

const textOf = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

const actors: Who[] = [lan, hoa, minh, thu, nga, nobody]

describe('no input makes a failure of the server', () => {
  for (const { path, method, operation } of operations)
    scenario(`${operation.operationId} answers whatever it is sent with less than 500`, async (as) => {
      const parameters = operation.parameters ?? []
      const body = operation.requestBody?.content['application/json'].schema
      const input = fc.record({
        who: fc.constantFrom(...actors),
        body: body
          ? fc.oneof({ weight: 5, arbitrary: fits(body) }, { weight: 1, arbitrary: nasty })
          : fc.constant(undefined),
        parameters: fc.record(
          Object.fromEntries(parameters.map(({ name, schema }) => [name, mostly(schema)])),
        ),
      })
      await fc.assert(
        fc.asyncProperty(input, async ({ who, body, parameters: values }) => {
          const write = (value: unknown) => encodeURIComponent(textOf(value).toWellFormed().slice(0, 2000))
          const inPath = path.replace(
            /\{(\w+)\}/g,
            (_, name) => write((values as Record<string, unknown>)[name]) || 'x',
          )
          const query = parameters
            .filter((one) => one.in === 'query')
            .map(({ name }) => `${name}=${write((values as Record<string, unknown>)[name])}`)
          const answer = await as(who)(
            method as 'GET',
            `${inPath}${query.length > 0 ? `?${query.join('&')}` : ''}`,
            body,
          )
          assert.ok(
            answer.status < 500,
            `${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`,
          )
          if (answer.status >= 400) {
            assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
            assert.match(answer.body.code, /^[a-zA-Z]+\.[a-zA-Z]+$/)
          }
        }),
        { numRuns: Number(process.env.FUZZ_RUNS ?? 25) },
      )
    })
})
