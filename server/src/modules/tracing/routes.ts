import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page, PageQuery } from '../../platform/shapes.ts'
import { graphRoutes } from './graph/routes.ts'
import {
  listBatches,
  listRenewed,
  listTracesOfBatch,
  listUntraced,
  readBatch,
  retryBatch,
  startBatch,
} from './many.ts'
import {
  Contact,
  ContactCounts,
  ContactSearch,
  NewTrace,
  NewTraceBatch,
  RenewedCases,
  StartedTrace,
  Trace,
  TraceBatch,
  TraceContact,
  TraceContactCounts,
  TraceContactFilter,
  TraceContactSearch,
  TraceOfBatch,
  TracePlaceSearch,
  TracePlaces,
  TracePlacesAgain,
  UntracedCases,
  UntracedSearch,
  Warning,
  WhatIf,
  WhatIfAnswer,
} from './schema.ts'
import * as service from './service.ts'
import { askWhatIf } from './what-if.ts'

const ById = Type.Object({ id: Id })
const Paged = Type.Object(PageQuery, { additionalProperties: false })
const tags = ['tracing']

export const routes = async (app: App) => {
  await graphRoutes(app)

  app.post(
    '/cases/:id/traces',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'traceCase',
        tags,
        summary: 'Ask for the contacts of a case; a job finds them',
        params: ById,
        body: NewTrace,
        response: { 202: StartedTrace },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(202)
      return service.startTrace(ctx, params.id, body)
    },
  )

  app.get(
    '/cases/:id/traces',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'listTraces',
        tags,
        summary: 'The traces of a case, newest first',
        params: ById,
        querystring: Paged,
        response: { 200: Page(Trace) },
      },
    },
    ({ ctx, params, query }) => service.listTraces(ctx, params.id, query),
  )

  app.get(
    '/traces/:id',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'readTrace',
        tags,
        summary: 'How far a trace is, with what parameters, and how many people it found',
        params: ById,
        response: { 200: Trace },
      },
    },
    ({ ctx, params }) => service.readTrace(ctx, params.id),
  )

  app.get(
    '/traces/:id/contacts',
    {
      config: { permission: 'contact.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listTraceContacts',
        tags,
        summary:
          'Whom a trace found, by hop and time together unless asked otherwise; the reading is recorded',
        params: ById,
        querystring: TraceContactSearch,
        response: { 200: Page(TraceContact) },
      },
    },
    ({ ctx, params, query }) => service.listTraceContacts(ctx, params.id, query),
  )

  app.get(
    '/traces/:id/contact-counts',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'countTraceContacts',
        tags,
        summary: 'How many the list of a trace is of, and whom to mark, relabel or take back; nobody is read',
        params: ById,
        querystring: TraceContactFilter,
        response: { 200: TraceContactCounts },
      },
    },
    ({ ctx, params, query }) => service.countTraceContacts(ctx, params.id, query),
  )

  app.get(
    '/traces/:id/places',
    {
      config: { permission: 'contact.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listTracePlaces',
        tags,
        summary:
          'Where the people of a hop were met, those of most people first; nobody is read. Where it is not known yet, a job finds out',
        params: ById,
        querystring: TracePlaceSearch,
        response: { 200: TracePlaces },
      },
    },
    ({ ctx, params, query }) => service.listTracePlaces(ctx, params.id, query),
  )

  app.post(
    '/traces/:id/places',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'placeTraceAgain',
        tags,
        summary: 'Have a job find out where the people of a hop were met, also after one was lost',
        params: ById,
        body: TracePlacesAgain,
        response: { 202: TracePlaces },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(202)
      return service.listTracePlaces(ctx, params.id, body, true)
    },
  )

  app.post(
    '/cases/:id/what-if',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'askWhatIf',
        tags,
        summary:
          'Who would enter and leave the first contacts with another date, rule or end of a stay; nothing is kept',
        params: ById,
        body: WhatIf,
        response: { 200: WhatIfAnswer },
      },
    },
    ({ ctx, params, body }) => askWhatIf(ctx, params.id, body),
  )

  app.post(
    '/trace-batches',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'traceCases',
        tags,
        summary: 'Ask for the first contacts of many cases at once; one job finds them',
        body: NewTraceBatch,
        response: { 202: TraceBatch },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(202)
      return startBatch(ctx, body)
    },
  )

  app.get(
    '/trace-batches',
    {
      config: { permission: 'case.trace', scope: 'own' },
      schema: {
        operationId: 'listTraceBatches',
        tags,
        summary: 'Traces of many cases that I asked for, newest first',
        querystring: Paged,
        response: { 200: Page(TraceBatch) },
      },
    },
    ({ ctx, query }) => listBatches(ctx, query),
  )

  app.post(
    '/trace-batches/:id/retry',
    {
      config: { permission: 'case.trace', scope: 'own' },
      schema: {
        operationId: 'retryTraceBatch',
        tags,
        summary: 'Try the cases again whose trace failed',
        params: ById,
        response: { 202: TraceBatch },
      },
    },
    async ({ ctx, params }, reply) => {
      reply.code(202)
      return retryBatch(ctx, params.id)
    },
  )

  app.get(
    '/trace-batches/:id/traces',
    {
      config: { permission: 'case.trace', scope: 'own' },
      schema: {
        operationId: 'listTracesOfBatch',
        tags,
        summary: 'What came of each case: first where it failed, then the most contacts',
        params: ById,
        querystring: Paged,
        response: { 200: Page(TraceOfBatch) },
      },
    },
    ({ ctx, params, query }) => listTracesOfBatch(ctx, params.id, query),
  )

  app.get(
    '/untraced-cases',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'listUntracedCases',
        tags,
        summary: 'Cases whose contacts nobody has sought yet, oldest first, without who they are',
        querystring: UntracedSearch,
        response: { 200: UntracedCases },
      },
    },
    ({ ctx, query }) => listUntraced(ctx, query),
  )

  app.get(
    '/renewed-cases',
    {
      config: { permission: 'case.trace', scope: 'area' },
      schema: {
        operationId: 'listRenewedCases',
        tags,
        summary:
          'Cases that were traced anew of late and have new people, without who they are; the latest first',
        querystring: Paged,
        response: { 200: RenewedCases },
      },
    },
    ({ ctx, query }) => listRenewed(ctx, query),
  )

  app.get(
    '/trace-batches/:id',
    {
      config: { permission: 'case.trace', scope: 'own' },
      schema: {
        operationId: 'readTraceBatch',
        tags,
        summary: 'How far the traces of many cases are',
        params: ById,
        response: { 200: TraceBatch },
      },
    },
    ({ ctx, params }) => readBatch(ctx, params.id),
  )

  app.get(
    '/cases/:id/contacts',
    {
      config: { permission: 'contact.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listContacts',
        tags,
        summary: 'The contacts of a case, first those whom no message reaches; the reading is recorded',
        params: ById,
        querystring: ContactSearch,
        response: { 200: Page(Contact) },
      },
    },
    ({ ctx, params, query }) => service.listContacts(ctx, params.id, query),
  )

  app.get(
    '/cases/:id/contact-counts',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'countContacts',
        tags,
        summary: 'How many contacts a case has, and how many of them were told; nobody is read',
        params: ById,
        response: { 200: ContactCounts },
      },
    },
    ({ ctx, params }) => service.countContacts(ctx, params.id),
  )

  app.get(
    '/me/warnings',
    {
      config: { permission: 'me.read', scope: 'own' },
      schema: {
        operationId: 'listMyWarnings',
        tags,
        summary: 'Warnings for everybody on my phone, newest first',
        querystring: Paged,
        response: { 200: Page(Warning) },
      },
    },
    ({ ctx, query }) => service.listOwnWarnings(ctx, query),
  )

  app.get(
    '/me/warnings/:id',
    {
      config: { permission: 'me.read', scope: 'own', writes: true },
      schema: {
        operationId: 'openMyWarning',
        tags,
        summary: 'A warning: what happened, on which days, and what to do; opening it is remembered',
        params: ById,
        response: { 200: Warning },
      },
    },
    ({ ctx, params }) => service.openOwnWarning(ctx, params.id),
  )
}
