import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page } from '../../platform/shapes.ts'
import {
  Declaration,
  EntryDecision,
  EntryHold,
  Form,
  FormSummary,
  MyDeclarations,
  NewDeclaration,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const open = { permission: null, scope: 'anyone' } as const
const own = { permission: 'me.read', scope: 'own' } as const

export const routes = async (app: App) => {
  app.get(
    '/forms',
    {
      config: open,
      schema: {
        operationId: 'listForms',
        tags: ['declarations'],
        summary: 'The forms in use today',
        response: { 200: Page(FormSummary) },
      },
    },
    async ({ ctx }) => service.listForms(ctx),
  )

  app.get(
    '/forms/:id',
    {
      config: open,
      schema: {
        operationId: 'getForm',
        tags: ['declarations'],
        summary: 'A form with its questions, in any version that was ever in use',
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 40 }) }),
        querystring: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 9999 })) }),
        response: { 200: Form },
      },
    },
    async ({ ctx, params, query }) => service.getForm(ctx, params.id, query.version),
  )

  app.post(
    '/declarations',
    {
      config: {
        permission: 'declaration.send',
        scope: 'area',
        before: (ctx) => service.throttleDeclarations(ctx),
      },
      schema: {
        operationId: 'sendDeclaration',
        tags: ['declarations'],
        summary: 'Declare for myself, for somebody on my phone, or (officers) for anybody within reach',
        description: 'With an `id` made by the phone it may be sent again: the same declaration comes back.',
        body: NewDeclaration,
        response: { 201: Declaration },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.sendDeclaration(ctx, body)
    },
  )

  app.get(
    '/me/declarations',
    {
      config: own,
      schema: {
        operationId: 'listMyDeclarations',
        tags: ['declarations'],
        summary: 'What was declared for my people, newest first',
        querystring: MyDeclarations,
        response: { 200: Page(Declaration) },
      },
    },
    ({ ctx, query }) => service.listOwnDeclarations(ctx, query),
  )

  app.get(
    '/me/status',
    {
      config: own,
      schema: {
        operationId: 'getMyStatus',
        tags: ['declarations'],
        summary: 'What a gate would say to me, or to one of my people, now',
        querystring: Type.Object({ personId: Type.Optional(Id) }, { additionalProperties: false }),
        response: { 200: EntryDecision },
      },
    },
    ({ ctx, query }) => service.readOwnStatus(ctx, query.personId),
  )

  app.get(
    '/people/:id/entry-holds',
    {
      config: { permission: 'entry.lift', scope: 'area', writes: true },
      schema: {
        operationId: 'listEntryHolds',
        tags: ['declarations'],
        summary: 'Why and until when somebody is asked to stay at home; the reading is recorded',
        params: ById,
        response: { 200: Page(EntryHold) },
      },
    },
    ({ ctx, params }) => service.listEntryHolds(ctx, params.id),
  )

  app.delete(
    '/people/:id/entry-holds',
    {
      config: { permission: 'entry.lift', scope: 'area' },
      schema: {
        operationId: 'liftEntryHolds',
        tags: ['declarations'],
        summary: 'Let somebody in again before their time at home ends by itself',
        params: ById,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => service.liftEntryHolds(ctx, params.id),
  )
}
