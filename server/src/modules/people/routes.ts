import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page } from '../../platform/shapes.ts'
import { describeAccount, setSessionCookie } from '../accounts/index.ts'
import { codeRoutes } from './code-routes.ts'
import * as phoneCodes from './phone-codes.ts'
import { findPersonById } from './queries.ts'
import {
  FoundPeople,
  Me,
  NewPerson,
  Person,
  PersonChange,
  PersonSearch,
  PhoneChallenge,
  PhoneCode,
  PhoneCodeRequest,
  PhoneSession,
  Reason,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })

export const routes = async (app: App) => {
  app.post(
    '/phone-codes',
    {
      config: {
        permission: null,
        scope: 'anyone',
        before: (ctx, request) =>
          phoneCodes.throttlePhoneCode(ctx, (request.body as { phone: string }).phone),
      },
      schema: {
        operationId: 'requestPhoneCode',
        tags: ['people'],
        summary: 'Send a one-time code to a phone',
        body: PhoneCodeRequest,
        response: { 202: PhoneChallenge },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(202)
      return phoneCodes.requestPhoneCode(ctx, body)
    },
  )

  app.post(
    '/phone-sessions',
    {
      config: {
        permission: null,
        scope: 'anyone',
        before: (ctx, request) =>
          phoneCodes.countPhoneCodeAttempt(ctx, (request.body as { challengeId: string }).challengeId),
      },
      schema: {
        operationId: 'confirmPhone',
        tags: ['people'],
        summary: 'Sign in with the code that came by SMS',
        body: PhoneCode,
        response: { 201: PhoneSession },
      },
    },
    async (request, reply) => {
      const session = await phoneCodes.confirmPhone(request.ctx, request.body)
      setSessionCookie(reply, request, session)
      reply.code(201)
      return session
    },
  )

  app.get(
    '/me',
    {
      config: { permission: null, scope: 'anyone' },
      schema: { operationId: 'getMe', tags: ['people'], summary: 'Who is asking', response: { 200: Me } },
    },
    async ({ ctx }) => {
      const { kind, id, permissions } = ctx.actor
      const holder = kind === 'citizen' ? await findPersonById(ctx.sql, id!) : undefined
      return {
        kind: kind as 'citizen',
        permissions: [...permissions].sort(),
        account: kind === 'account' ? await describeAccount(ctx, id!) : null,
        person: holder ? await service.describe(ctx, holder) : null,
      }
    },
  )

  app.get(
    '/me/people',
    {
      config: { permission: 'me.read', scope: 'own' },
      schema: {
        operationId: 'listMyPeople',
        tags: ['people'],
        summary: 'Everybody on my phone',
        response: { 200: Page(Person) },
      },
    },
    ({ ctx }) => service.listOwnPeople(ctx),
  )

  app.post(
    '/people',
    {
      config: { permission: 'person.register', scope: 'area' },
      schema: {
        operationId: 'registerPerson',
        tags: ['people'],
        summary:
          'Complete my own record, add somebody to my phone, or (officers) register anybody within reach',
        description:
          'An officer who writes the number of a card, or a phone number, by which a gate knows somebody of that name completes that record: the answer has its id. By the number of a card so does one who writes down where somebody lives who was known elsewhere: the record moves.',
        body: NewPerson,
        response: { 201: Person },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.registerPerson(ctx, body)
    },
  )

  app.patch(
    '/people/:id',
    {
      config: { permission: 'person.register', scope: 'area' },
      schema: {
        operationId: 'changePerson',
        tags: ['people'],
        params: ById,
        body: PersonChange,
        response: { 200: Person },
      },
    },
    ({ ctx, params, body }) => service.changePerson(ctx, params.id, body),
  )

  app.post(
    '/people/searches',
    {
      config: { permission: 'person.search', scope: 'area' },
      schema: {
        operationId: 'searchPeople',
        tags: ['people'],
        summary: 'Find people by phone, document or name; everybody found can see who searched',
        description:
          'A page goes on with the same body and the `cursor` in it: what is known of somebody is in no address. Whose residence nobody has written down is in no area: they are found by an exact number, never by name. `documentNumber` may be that of a health insurance card.',
        body: PersonSearch,
        response: { 200: FoundPeople },
      },
    },
    ({ ctx, body }) => service.searchPeople(ctx, body),
  )

  app.get(
    '/people/:id',
    {
      config: { permission: 'person.read', scope: 'area', writes: true },
      schema: {
        operationId: 'readPerson',
        tags: ['people'],
        summary: 'A full record; the reading is recorded',
        params: ById,
        querystring: Type.Object({ reason: Reason, caseId: Type.Optional(Id) }),
        response: { 200: Person },
      },
    },
    ({ ctx, params, query }) => service.readPerson(ctx, params.id, query.reason, query.caseId),
  )

  await codeRoutes(app)
}
