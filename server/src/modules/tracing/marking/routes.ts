import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page, PageQuery } from '../../../platform/shapes.ts'
import { ContactMarking, MarkContacts, RelabelContacts, WithdrawContacts } from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['tracing']

export const routes = async (app: App) => {
  app.post(
    '/cases/:id/contacts',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'markContacts',
        tags,
        summary:
          'Make people contacts of the case; each new one is warned. Few are marked at once (201), many by a job (202)',
        params: ById,
        body: MarkContacts,
        response: { 201: ContactMarking, 202: ContactMarking },
      },
    },
    async ({ ctx, params, body }, reply) => {
      const marking = await service.markContacts(ctx, params.id, body)
      reply.code(marking.status === 'done' ? 201 : 202)
      return marking
    },
  )

  app.post(
    '/cases/:id/contact-withdrawals',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'withdrawContacts',
        tags,
        summary:
          'Say that people whom a new trace finds no more are contacts no more: their follow-up ends, unless they are contacts of another case. Few at once (201), many by a job (202)',
        params: ById,
        body: WithdrawContacts,
        response: { 201: ContactMarking, 202: ContactMarking },
      },
    },
    async ({ ctx, params, body }, reply) => {
      const marking = await service.withdrawContacts(ctx, params.id, body)
      reply.code(marking.status === 'done' ? 201 : 202)
      return marking
    },
  )

  app.post(
    '/cases/:id/contact-relabellings',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'relabelContacts',
        tags,
        summary:
          'Say that contacts are farther from the case than they were marked, as a new trace finds them: they are warned anew, and watched from the exposure that holds now. Few at once (201), many by a job (202)',
        params: ById,
        body: RelabelContacts,
        response: { 201: ContactMarking, 202: ContactMarking },
      },
    },
    async ({ ctx, params, body }, reply) => {
      const marking = await service.relabelContacts(ctx, params.id, body)
      reply.code(marking.status === 'done' ? 201 : 202)
      return marking
    },
  )

  app.get(
    '/cases/:id/contact-markings',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'listContactMarkings',
        tags,
        summary: 'What was marked for a case, newest first; nobody is read',
        params: ById,
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        response: { 200: Page(ContactMarking) },
      },
    },
    ({ ctx, params, query }) => service.listMarkings(ctx, params.id, query),
  )

  app.get(
    '/contact-markings/:id',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'readContactMarking',
        tags,
        summary: 'How far a marking is',
        params: ById,
        response: { 200: ContactMarking },
      },
    },
    ({ ctx, params }) => service.readMarking(ctx, params.id),
  )

  app.post(
    '/contact-markings/:id/retry',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'retryContactMarking',
        tags,
        summary: 'Go on with a marking that failed, from where it was',
        params: ById,
        response: { 202: ContactMarking },
      },
    },
    async ({ ctx, params }, reply) => {
      reply.code(202)
      return service.retryMarking(ctx, params.id)
    },
  )
}
