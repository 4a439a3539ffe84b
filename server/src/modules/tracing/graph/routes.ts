import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page, PageQuery } from '../../../platform/shapes.ts'
import {
  CaseEdge,
  DeclaredContact,
  DeclaredContactSearch,
  EdgeSearch,
  Interview,
  InterviewForm,
  InterviewSummary,
  NewDeclaredContact,
  NewInterview,
  Withdrawal,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const Paged = Type.Object(PageQuery, { additionalProperties: false })
const tags = ['tracing']

export const graphRoutes = async (app: App) => {
  app.get(
    '/interview-forms',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'listInterviewForms',
        tags,
        summary: 'The forms by which officers ask about a case, as in force today',
        response: { 200: Page(InterviewForm) },
      },
    },
    async ({ ctx }) => service.listForms(ctx),
  )

  app.post(
    '/cases/:id/interviews',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'recordInterview',
        tags,
        summary: 'Record what somebody told about a case; people met become contacts that were declared',
        params: ById,
        body: NewInterview,
        response: { 201: Interview },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.recordInterview(ctx, params.id, body)
    },
  )

  app.get(
    '/cases/:id/interviews',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listInterviews',
        tags,
        summary: 'Who was interviewed about a case, when and by whom, the newest first',
        params: ById,
        querystring: Paged,
        response: { 200: Page(InterviewSummary) },
      },
    },
    ({ ctx, params, query }) => service.listInterviews(ctx, params.id, query),
  )

  app.get(
    '/interviews/:id',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'readInterview',
        tags,
        summary: 'What was told; the reading is recorded',
        params: ById,
        response: { 200: Interview },
      },
    },
    ({ ctx, params }) => service.readInterview(ctx, params.id),
  )

  app.post(
    '/interviews/:id/withdrawal',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'withdrawInterview',
        tags,
        summary: 'Withdraw an interview that was wrong, with what came from it; it stays to be read',
        params: ById,
        body: Withdrawal,
        response: { 200: Interview },
      },
    },
    ({ ctx, params, body }) => service.withdrawInterview(ctx, params.id, body),
  )

  app.get(
    '/cases/:id/declared-contacts',
    {
      config: { permission: 'contact.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listDeclaredContacts',
        tags,
        summary: 'Contacts that people told of, the latest first; the reading is recorded',
        params: ById,
        querystring: DeclaredContactSearch,
        response: { 200: Page(DeclaredContact) },
      },
    },
    ({ ctx, params, query }) => service.listDeclaredContacts(ctx, params.id, query),
  )

  app.post(
    '/cases/:id/declared-contacts',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'declareContact',
        tags,
        summary: 'Record a contact that somebody told of without an interview',
        params: ById,
        body: NewDeclaredContact,
        response: { 201: DeclaredContact },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.declareContact(ctx, params.id, body)
    },
  )

  app.post(
    '/declared-contacts/:id/withdrawal',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'withdrawDeclaredContact',
        tags,
        summary: 'Withdraw a contact that was wrong; it stays to be seen and counts no more',
        params: ById,
        response: { 200: DeclaredContact },
      },
    },
    ({ ctx, params }) => service.withdrawDeclaredContact(ctx, params.id),
  )

  app.get(
    '/cases/:id/edges',
    {
      config: { permission: 'contact.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCaseEdges',
        tags,
        summary:
          'With whom the case was in its window beside scanned places: declared, household, guests, seats; recorded',
        params: ById,
        querystring: EdgeSearch,
        response: { 200: Page(CaseEdge) },
      },
    },
    ({ ctx, params, query }) => service.listCaseEdges(ctx, params.id, query),
  )
}
