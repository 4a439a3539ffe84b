import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page } from '../../platform/shapes.ts'
import { EntryDecision, throttleDeclarations } from '../declarations/index.ts'
import {
  countPhoneCodeAttempt,
  PhoneChallenge,
  PhoneCode,
  PhoneCodeRequest,
  throttleGateCode,
} from '../people/index.ts'
import * as phoneCodes from './phone-codes.ts'
import {
  GateDeclaration,
  GateFacts,
  GateFactsQuery,
  Inside,
  NewVisit,
  OwnVisits,
  ScanBody,
  ScanEnvelope,
  ScanResults,
  Today,
  TodayQuery,
  UndoBody,
  Undone,
  Visit,
  VisitResult,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })

export const routes = async (app: App) => {
  app.put(
    '/visits/:id',
    {
      config: { permission: 'visit.record', scope: 'own', gathers: true },
      schema: {
        operationId: 'recordVisit',
        tags: ['visits'],
        summary: 'I scan a place, for me or for somebody on my phone; sending it again changes nothing',
        params: ById,
        body: NewVisit,
        response: { 200: VisitResult },
      },
    },
    ({ ctx, params, body }) => service.recordVisit(ctx, params.id, body),
  )

  app.post(
    '/scans',
    {
      config: {
        permission: 'scan.record',
        scope: 'place',
        itemByItem: true,
        gathers: true,
      },
      schema: {
        operationId: 'recordScans',
        tags: ['visits'],
        summary:
          'A gate scans people: up to 1,000 at once; those that cannot be taken are listed, the others are taken',
        body: ScanBody,
        response: { 200: ScanResults },
      },
      // The contract shows what a scan is; each one is held to it by itself, so that a bad one harms no other.
      validatorCompiler: ({ schema, httpPart, ...route }) =>
        TypeBoxValidatorCompiler({
          ...route,
          httpPart,
          schema: httpPart === 'body' ? ScanEnvelope : schema,
        } as never),
    },
    ({ ctx, body }) => service.recordScans(ctx, body.scans),
  )

  app.get(
    '/places/:id/gate',
    {
      config: { permission: 'scan.record', scope: 'place' },
      schema: {
        operationId: 'getGateFacts',
        tags: ['visits'],
        summary:
          'What a gate needs to work for days without the network: keys, revoked codes, rules; nobody is named',
        params: ById,
        querystring: GateFactsQuery,
        response: { 200: GateFacts },
      },
    },
    ({ ctx, params, query }) => service.readGateFacts(ctx, params.id, query),
  )

  app.post(
    '/places/:id/phone-codes',
    {
      config: {
        permission: 'scan.record',
        scope: 'place',
        before: (ctx, request) => throttleGateCode(ctx, (request.body as PhoneCodeRequest).phone),
      },
      schema: {
        operationId: 'requestPhoneCodeAtGate',
        tags: ['visits'],
        summary: 'Send a one-time code to the number that somebody named at the gate',
        params: ById,
        body: PhoneCodeRequest,
        response: { 202: PhoneChallenge },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(202)
      return phoneCodes.requestCodeAtGate(ctx, params.id, body)
    },
  )

  app.post(
    '/places/:id/phone-confirmations',
    {
      config: {
        permission: 'scan.record',
        scope: 'place',
        before: (ctx, request) => countPhoneCodeAttempt(ctx, (request.body as PhoneCode).challengeId),
      },
      schema: {
        operationId: 'confirmPhoneAtGate',
        tags: ['visits'],
        summary:
          'The code that the person read out; then the scan with the id of the challenge is `confirmed`',
        params: ById,
        body: PhoneCode,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params, body }) => phoneCodes.confirmAtGate(ctx, params.id, body),
  )

  app.post(
    '/places/:id/declarations',
    {
      config: {
        permission: 'scan.record',
        scope: 'place',
        before: (ctx) => throttleDeclarations(ctx),
      },
      schema: {
        operationId: 'declareAtGate',
        tags: ['visits'],
        summary: 'A guard declares for somebody who was scanned here in the last half hour',
        description:
          'Only for whom no declaration is valid. With an `id` made by the gate it may be sent again. What was declared is not told.',
        params: ById,
        body: GateDeclaration,
        response: { 201: EntryDecision },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.declareAtGate(ctx, params.id, body)
    },
  )

  app.post(
    '/scans/undone',
    {
      config: { permission: 'scan.record', scope: 'place' },
      schema: {
        operationId: 'undoScans',
        tags: ['visits'],
        summary: 'A gate takes back scans that arrived at most two minutes before',
        body: UndoBody,
        response: { 200: Undone },
      },
    },
    ({ ctx, body }) => service.undoScans(ctx, body),
  )

  app.get(
    '/me/visits',
    {
      config: { permission: 'visit.record', scope: 'own' },
      schema: {
        operationId: 'listMyVisits',
        tags: ['visits'],
        summary: 'Where I, or somebody on my phone, have been, latest first',
        querystring: OwnVisits,
        response: { 200: Page(Visit) },
      },
    },
    ({ ctx, query }) => service.listOwnVisits(ctx, query),
  )

  app.get(
    '/me/inside',
    {
      config: { permission: 'visit.record', scope: 'own' },
      schema: {
        operationId: 'listMyInside',
        tags: ['visits'],
        summary: 'Where the people on my phone are now',
        response: { 200: Page(Inside) },
      },
    },
    ({ ctx }) => service.listOwnInside(ctx),
  )

  app.get(
    '/places/:id/today',
    {
      config: { permission: 'visit.read', scope: 'place', writes: true },
      schema: {
        operationId: 'getPlaceToday',
        tags: ['visits'],
        summary: "A place's day: counts, and who was scanned, masked; an official's look is recorded",
        params: ById,
        querystring: TodayQuery,
        response: { 200: Today },
      },
    },
    ({ ctx, params, query }) => service.readToday(ctx, params.id, query),
  )
}
