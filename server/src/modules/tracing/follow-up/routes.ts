import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page, PageQuery } from '../../../platform/shapes.ts'
import { orderLineList } from './line-list.ts'
import {
  AnsweredHandOver,
  CallSheet,
  FollowUp,
  FollowUpCount,
  FollowUpEntry,
  FollowUpFilter,
  FollowUpFinder,
  FollowUpSearch,
  HandOver,
  HandOverAnswer,
  HandOverLine,
  HandOverSearch,
  IndicatorQuery,
  IndicatorReport,
  LineListOrder,
  NewHandOver,
  SentHandOvers,
  SheetQuery,
  WrittenEntry,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const Paged = Type.Object(PageQuery, { additionalProperties: false })
const tags = ['follow-up']
const bytes = { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) }
const file = {
  content: {
    'text/csv': bytes,
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': bytes,
    'application/pdf': bytes,
  },
}

export const followUpRoutes = async (app: App) => {
  app.get(
    '/follow-ups',
    {
      config: { permission: 'followUp.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listFollowUps',
        tags,
        summary:
          'Whom the units within reach watch, first who is to be called first; the reading is recorded',
        querystring: FollowUpSearch,
        response: { 200: Page(FollowUp) },
      },
    },
    ({ ctx, query }) => service.listFollowUps(ctx, query),
  )

  app.post(
    '/follow-ups/searches',
    {
      config: { permission: 'followUp.read', scope: 'area' },
      schema: {
        operationId: 'searchFollowUps',
        tags,
        summary:
          'Find people by name or phone among those whom the units within reach watch; everybody found can see who searched',
        description:
          'A page goes on with the same body and the `cursor` in it: what is known of somebody is in no address.',
        body: FollowUpFinder,
        response: { 200: Page(FollowUp) },
      },
    },
    ({ ctx, body }) => service.findFollowUps(ctx, body),
  )

  app.get(
    '/follow-up-counts',
    {
      config: { permission: 'followUp.read', scope: 'area' },
      schema: {
        operationId: 'countFollowUps',
        tags,
        summary: 'How many people a list of follow-ups is of; nobody is read',
        querystring: FollowUpFilter,
        response: { 200: FollowUpCount },
      },
    },
    ({ ctx, query }) => service.countFollowUps(ctx, query),
  )

  app.get(
    '/follow-ups/:id',
    {
      config: { permission: 'followUp.read', scope: 'area', writes: true },
      schema: {
        operationId: 'openCallSheet',
        tags,
        summary: 'A call sheet: who, where they were near whom, what was tried; the reading is recorded',
        params: ById,
        querystring: SheetQuery,
        response: { 200: CallSheet },
      },
    },
    ({ ctx, params, query }) => service.openSheet(ctx, params.id, query.reason),
  )

  app.post(
    '/follow-ups/entries',
    {
      config: { permission: 'followUp.record', scope: 'area' },
      schema: {
        operationId: 'recordFollowUp',
        tags,
        summary: 'Write down what happened with one or many people: a call, a test, a reminder, the end',
        body: FollowUpEntry,
        response: { 201: WrittenEntry },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.recordEntry(ctx, body)
    },
  )

  app.post(
    '/follow-ups/line-lists',
    {
      config: { permission: 'followUp.export', scope: 'area' },
      schema: {
        operationId: 'orderLineList',
        tags,
        summary:
          'The official list as CSV, XLSX or PDF, of 5,000 people at most; the reading of each is recorded',
        body: LineListOrder,
        response: { 200: file },
      },
    },
    async ({ ctx, body }, reply) => {
      const { bytes, type, name } = await orderLineList(ctx, body)
      reply.type(type).header('content-disposition', `attachment; filename="${name}"`)
      return bytes as never
    },
  )

  app.post(
    '/hand-overs',
    {
      config: { permission: 'followUp.record', scope: 'area' },
      schema: {
        operationId: 'sendHandOver',
        tags,
        summary:
          'Hand people over to the commune where they are; the sender is responsible until that one answers',
        body: NewHandOver,
        response: { 201: SentHandOvers },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.sendHandOver(ctx, body)
    },
  )

  app.get(
    '/hand-overs',
    {
      config: { permission: 'followUp.read', scope: 'area' },
      schema: {
        operationId: 'listHandOvers',
        tags,
        summary:
          'What came in or went out, newest first, with receipts and how those stand who were received; counts only',
        querystring: HandOverSearch,
        response: { 200: Page(HandOver) },
      },
    },
    ({ ctx, query }) => service.listHandOvers(ctx, query),
  )

  app.get(
    '/hand-overs/:id/lines',
    {
      config: { permission: 'followUp.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listHandOverLines',
        tags,
        summary: 'Who waits to be taken over, masked; the reading is recorded',
        params: ById,
        querystring: Paged,
        response: { 200: Page(HandOverLine) },
      },
    },
    ({ ctx, params, query }) => service.listHandOverLines(ctx, params.id, query),
  )

  app.post(
    '/hand-overs/:id/answers',
    {
      config: { permission: 'followUp.record', scope: 'area' },
      schema: {
        operationId: 'answerHandOver',
        tags,
        summary: 'Take people over, send them back with a reason, or take back what nobody answered yet',
        params: ById,
        body: HandOverAnswer,
        response: { 200: AnsweredHandOver },
      },
    },
    ({ ctx, params, body }) => service.answerHandOver(ctx, params.id, body),
  )

  app.get(
    '/reports/follow-up',
    {
      config: { permission: 'report.read', scope: 'area' },
      schema: {
        operationId: 'readFollowUpReport',
        tags,
        summary: 'The indicators of contact tracing for a day by area, with their definitions; counts only',
        querystring: IndicatorQuery,
        response: { 200: IndicatorReport },
      },
    },
    ({ ctx, query }) => service.readIndicators(ctx, query),
  )
}
