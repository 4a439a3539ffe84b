import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeContract } from '../src/contract.ts'

/**
 * "Where was this person?" is answered for a case, to those who may, and to the person. Every operation whose answer tells
 * where somebody was, or that may be asked about a person, stands in one of these lists; a new one has to be put there.
 */
type Schema = { $ref?: string; properties?: Record<string, Schema>; [other: string]: unknown }
type Operation = {
  operationId: string
  'x-permission': string | null
  'x-scope': string
  parameters?: { name: string; in: string }[]
  requestBody?: { content: { 'application/json'?: { schema: Schema } } }
  responses: Record<string, { content?: { 'application/json'?: { schema: Schema } } }>
}

const { openapi } = await describeContract()
const { paths, components } = JSON.parse(openapi) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
)

/** The names of all properties within a schema, also of those that it refers to. */
function namesIn(schema: unknown, seen = new Set<string>()): Set<string> {
  const names = new Set<string>()
  const visit = (part: unknown) => {
    if (Array.isArray(part)) return part.forEach(visit)
    if (typeof part !== 'object' || part === null) return
    const { $ref, properties } = part as Schema
    if ($ref && !seen.has($ref)) {
      seen.add($ref)
      visit(components.schemas[$ref.split('/').at(-1)!])
    }
    // How many there are says nothing of where.
    for (const [name, { type }] of Object.entries(properties ?? {})) if (type !== 'integer') names.add(name)
    for (const value of Object.values(part)) visit(value)
  }
  visit(schema)
  return names
}

const answersOf = ({ responses }: Operation) =>
  Object.entries(responses).flatMap(([status, { content }]) => (/^2/.test(status) ? [content] : []))

const answerOf = (operation: Operation) => namesIn(answersOf(operation))

/** Whether some object names a place and, in itself or in what it holds, since when and until when. */
function hasTimeAtPlace(schema: unknown, seen = new Set<string>()): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const { $ref, properties } = schema as Schema
  if ($ref) {
    if (seen.has($ref)) return false
    seen.add($ref)
    return hasTimeAtPlace(components.schemas[$ref.split('/').at(-1)!], seen)
  }
  if (properties && 'place' in properties) {
    const names = namesIn(schema)
    if ((names.has('from') && names.has('to')) || (names.has('firstAt') && names.has('lastAt'))) return true
  }
  return Object.values(schema).some((part) => hasTimeAtPlace(part, seen))
}

/** A place and when somebody was there. */
const tellsWhere = (operation: Operation) => {
  const names = answerOf(operation)
  return (
    ['arrivedAt', 'leftAt', 'exposures', 'stay', 'inside'].some((name) => names.has(name)) ||
    (names.has('places') && names.has('lastAt')) ||
    hasTimeAtPlace(answersOf(operation))
  )
}

const nameOf = (one: Operation) => [one.operationId, one['x-permission'], one['x-scope']].join(' ')

/** Where cases were and when, with nobody named. */
const ofPlaces = [
  'draftNotice notice.draft area',
  'listNotices notice.draft area',
  'listPublicNotices  anyone',
  'listSpreadingPlaces chain.read area',
  'readChain chain.read area',
  'readNotice notice.draft area',
  'refuseNotice notice.release area',
  'releaseNotice notice.release area',
  'withdrawNotice notice.draft area',
]

test('where people were is told to themselves, or for a case', () => {
  const told = operations.filter(tellsWhere).map(nameOf)
  assert.deepEqual(
    told.toSorted(),
    [
      // for a case, within its area
      'judgeExposurePoint notice.draft area',
      'judgeStay notice.draft area',
      'listCaseEdges contact.read area',
      'listCaseLinks chain.read area',
      'listCaseStays case.read area',
      'listExposurePoints notice.draft area',
      'listPossibleSources case.trace area',
      'listSetAside case.read area',
      'listTraceContacts contact.read area',
      // what was told of a case, to whoever writes it down or reads it again
      'declareContact case.edit area',
      'listDeclaredContacts contact.read area',
      'readInterview case.read area',
      'recordInterview case.edit area',
      'withdrawDeclaredContact case.edit area',
      'withdrawInterview case.edit area',
      ...ofPlaces,
      // why somebody is watched: where they were near the case, on the call sheet that was opened
      'openCallSheet followUp.read area',
      // what one just did, for oneself or whom one scans
      'listMyInside visit.record own',
      'listMyVisits visit.record own',
      'recordVisit visit.record own',
    ].toSorted(),
  )
})

test('those for a case are asked by the case, a trace or a point of it; never by a person or a phone, and a place only narrows a trace', () => {
  for (const operation of operations.filter(tellsWhere)) {
    if (operation['x-scope'] !== 'area' || ofPlaces.includes(nameOf(operation))) continue
    assert.match(
      operation.path,
      /^\/api\/v1\/(cases|traces|exposure-points|follow-ups|interviews|declared-contacts)\/\{id\}/,
    )
    const asked = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
    for (const name of asked)
      assert.match(
        name,
        operation.path.startsWith('/api/v1/traces/{id}/')
          ? /^(hop|new|gone|farther|beside|unmarked|place|sure|sort|limit|cursor)$/
          : /^(setting|source|withdrawn|reason|sort|limit|cursor)$/,
        operation.operationId,
      )
  }
})

test('nobody but the person asks for whereabouts with the id of a person', () => {
  const byPerson = operations
    .filter(
      (one) =>
        one.path.includes('/people/{') ||
        one.parameters?.some(({ name }) => /person|phone|ref/i.test(name)) ||
        [...namesIn(one.requestBody?.content['application/json']?.schema)].some((name) =>
          /^(personId|phone|ref)$/.test(name),
        ),
    )
    .filter(tellsWhere)
    .map((one) => `${one.operationId} ${one['x-scope']}`)
  // Who tells of a contact by id has said the rest themselves.
  const told = ['declareContact area', 'recordInterview area']
  assert.deepEqual(byPerson.toSorted(), [...told, 'listMyVisits own', 'recordVisit own'].toSorted())
})

/** Every word that an answer may say of those that are written in its schema, also in schemas that it refers to. */
function wordsIn(schema: unknown, seen = new Set<string>()): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { $ref, const: word } = schema as Schema
  if ($ref) {
    if (seen.has($ref)) return []
    seen.add($ref)
    return wordsIn(components.schemas[$ref.split('/').at(-1)!], seen)
  }
  const words = Object.values(schema).flatMap((part) => wordsIn(part, seen))
  const listed = (schema as { enum?: string[] }).enum ?? []
  return [...words, ...listed, ...(typeof word === 'string' ? [word] : [])]
}

test('that somebody was elsewhere is told to themselves and to whoever traces, never to a place', () => {
  const told = operations.filter((one) => wordsIn(answersOf(one)).includes('copied'))
  assert.deepEqual(told.map(nameOf).toSorted(), [
    'listCaseStays case.read area',
    'listSetAside case.read area',
    'listSetAsideScans case.read area',
    'listTraceContacts contact.read area',
    'recordVisit visit.record own',
  ])
  assert.ok(operations.some((one) => one['x-scope'] === 'place' && wordsIn(answersOf(one)).includes('crowd')))
})

test('nothing about a person is told to whoever does not say who they are', () => {
  for (const operation of operations.filter((one) => one['x-scope'] === 'anyone')) {
    const names = answerOf(operation)
    for (const name of [
      'maskedName',
      'maskedPhone',
      'personId',
      'caseId',
      'caseNumber',
      'visitors',
      'arrivedAt',
    ])
      assert.ok(!names.has(name), `${operation.operationId} tells ${name}`)
  }
})
