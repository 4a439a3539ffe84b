import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page } from '../../../platform/shapes.ts'
import {
  NewZone,
  PublicZone,
  PublicZoneSearch,
  Zone,
  ZoneCountQuery,
  ZoneCounts,
  ZoneEdit,
  ZoneExtension,
  ZoneLifting,
  ZoneNotice,
  ZoneOrder,
  ZoneReturn,
  ZoneRulesNow,
  ZoneSearch,
  ZoneStep,
  ZoneSuggestion,
  ZoneSuggestionQuery,
  ZoneSummary,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['zones']
const open = { permission: null, scope: 'anyone' } as const
const file = (type: string) => ({ content: { [type]: { schema: Type.String({ format: 'binary' }) } } })
const FOR_A_MINUTE = 'public, max-age=60'

export const routes = async (app: App) => {
  app.get(
    '/public/zones',
    {
      config: open,
      schema: {
        operationId: 'listPublicZones',
        tags,
        summary: 'Areas of restriction in force or announced, those that begin first at the top',
        querystring: PublicZoneSearch,
        response: { 200: Page(PublicZone) },
      },
    },
    async ({ ctx, query }, reply) => {
      const page = await service.listPublicZones(ctx, query)
      reply.header('cache-control', FOR_A_MINUTE)
      return page
    },
  )

  app.get(
    '/zone-rules',
    {
      config: open,
      schema: {
        operationId: 'getZoneRules',
        tags,
        summary: 'The rules of zoning in force today, with their sources and assumptions',
        response: { 200: ZoneRulesNow },
      },
    },
    async ({ ctx }) => service.readRules(ctx),
  )

  app.post(
    '/zone-suggestions',
    {
      config: { permission: 'zone.draft', scope: 'area' },
      schema: {
        operationId: 'suggestZone',
        tags,
        summary: 'The fewest communes, and the smallest circle, that hold a share of cases and contacts',
        body: ZoneSuggestionQuery,
        response: { 200: ZoneSuggestion },
      },
    },
    ({ ctx, body }) => service.suggestZone(ctx, body),
  )

  app.post(
    '/zone-counts',
    {
      config: { permission: 'zone.draft', scope: 'area' },
      schema: {
        operationId: 'countZone',
        tags,
        summary: 'Households, people, places, cases and contacts in communes or a drawn area; counts only',
        body: ZoneCountQuery,
        response: { 200: ZoneCounts },
      },
    },
    ({ ctx, body }) => service.countZone(ctx, body),
  )

  app.post(
    '/zones',
    {
      config: { permission: 'zone.draft', scope: 'area' },
      schema: {
        operationId: 'draftZone',
        tags,
        summary: 'Draft a zone',
        body: NewZone,
        response: { 201: Zone },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.draftZone(ctx, body)
    },
  )

  app.get(
    '/zones',
    {
      config: { permission: 'zone.read', scope: 'area' },
      schema: {
        operationId: 'listZones',
        tags,
        summary:
          'Zones that touch the reach of the reader, those that begin last first unless asked otherwise',
        querystring: ZoneSearch,
        response: { 200: Page(ZoneSummary) },
      },
    },
    ({ ctx, query }) => service.searchZones(ctx, query),
  )

  app.get(
    '/zones/:id',
    {
      config: { permission: 'zone.read', scope: 'area' },
      schema: {
        operationId: 'readZone',
        tags,
        summary:
          'A zone with its clock, counts, overlaps and history, and what the reader may do with it now',
        params: ById,
        response: { 200: Zone },
      },
    },
    ({ ctx, params }) => service.readZone(ctx, params.id),
  )

  app.patch(
    '/zones/:id',
    {
      config: { permission: 'zone.draft', scope: 'area' },
      schema: {
        operationId: 'editZone',
        tags,
        summary: 'Change a draft',
        params: ById,
        body: ZoneEdit,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.editZone(ctx, params.id, body),
  )

  app.get(
    '/zones/:id/order.pdf',
    {
      config: { permission: 'zone.read', scope: 'area' },
      schema: {
        operationId: 'printZoneOrder',
        tags,
        summary: 'The order in the official layout, with the schedule of units; a draft says that it is one',
        params: ById,
        response: { 200: file('application/pdf') },
      },
    },
    async ({ ctx, params }, reply) => {
      const bytes = await service.drawZoneOrder(ctx, params.id)
      reply.type('application/pdf')
      reply.header('content-disposition', 'inline; filename="quyet-dinh-khoanh-vung.pdf"')
      return bytes as never // a Buffer passes by the serializer
    },
  )

  app.post(
    '/zones/:id/proposal',
    {
      config: { permission: 'zone.draft', scope: 'area' },
      schema: {
        operationId: 'proposeZone',
        tags,
        summary: 'Hand a draft to whoever may order it',
        params: ById,
        body: ZoneStep,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.proposeZone(ctx, params.id, body.version),
  )

  app.post(
    '/zones/:id/return',
    {
      config: { permission: 'zone.order', scope: 'area' },
      schema: {
        operationId: 'returnZone',
        tags,
        summary: 'Give a proposal, or an order that nobody was told of, back as a draft, with the reason',
        params: ById,
        body: ZoneReturn,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.returnZone(ctx, params.id, body),
  )

  app.post(
    '/zones/:id/order',
    {
      config: { permission: 'zone.order', scope: 'area' },
      schema: {
        operationId: 'orderZone',
        tags,
        summary: 'Order a proposed zone: by a second person, early enough for its notice or with a reason',
        params: ById,
        body: ZoneOrder,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.orderZone(ctx, params.id, body),
  )

  app.post(
    '/zones/:id/notice',
    {
      config: { permission: 'zone.notify', scope: 'area' },
      schema: {
        operationId: 'notifyZone',
        tags,
        summary: 'Record that province and public are told now, and publish the zone',
        params: ById,
        body: ZoneNotice,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.notifyZone(ctx, params.id, body),
  )

  app.post(
    '/zones/:id/extension',
    {
      config: { permission: 'zone.order', scope: 'area' },
      schema: {
        operationId: 'extendZone',
        tags,
        summary: 'Let a zone end later, with the reason: by a second person',
        params: ById,
        body: ZoneExtension,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.extendZone(ctx, params.id, body),
  )

  app.post(
    '/zones/:id/lifting',
    {
      config: { permission: 'zone.order', scope: 'area' },
      schema: {
        operationId: 'liftZone',
        tags,
        summary: 'Lift a zone now, with the reason',
        params: ById,
        body: ZoneLifting,
        response: { 200: Zone },
      },
    },
    ({ ctx, params, body }) => service.liftZone(ctx, params.id, body),
  )
}
