import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { AreaCode, Id, orNull, Page } from '../../platform/shapes.ts'
import * as devices from './devices.ts'
import * as paperCards from './paper-cards.ts'
import {
  Card,
  CardList,
  CardSheet,
  Device,
  DeviceCodes,
  NewDevice,
  PaperCard,
  PrintedSheet,
  ShortId,
} from './schema.ts'

const ById = Type.Object({ id: Id })
const ByShortId = Type.Object({ id: ShortId })
const pdf = {
  content: { 'application/pdf': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}

export const codeRoutes = async (app: App) => {
  app.get(
    '/me/card',
    {
      config: { permission: 'card.read', scope: 'own' },
      schema: {
        operationId: 'getMyCard',
        tags: ['codes'],
        summary: 'The text of a personal QR code, signed, good for a minute',
        querystring: Type.Object({ personId: Type.Optional(Id) }),
        response: { 200: Card },
      },
    },
    ({ ctx, query }) => devices.ownCode(ctx, query.personId),
  )

  app.post(
    '/me/devices',
    {
      config: { permission: 'card.read', scope: 'own', before: devices.throttleDevices },
      schema: {
        operationId: 'registerDevice',
        tags: ['codes'],
        summary: 'Certificates with which this phone makes codes of its own; the same key again renews them',
        body: NewDevice,
        response: { 201: DeviceCodes },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return devices.registerDevice(ctx, body)
    },
  )

  app.get(
    '/me/devices',
    {
      config: { permission: 'card.read', scope: 'own' },
      schema: {
        operationId: 'listMyDevices',
        tags: ['codes'],
        summary: 'Phones that make codes for my people',
        response: { 200: Page(Device) },
      },
    },
    ({ ctx }) => devices.listOwnDevices(ctx),
  )

  app.delete(
    '/me/devices/:id',
    {
      config: { permission: 'card.read', scope: 'own' },
      schema: {
        operationId: 'revokeMyDevice',
        tags: ['codes'],
        summary: 'A lost phone: its codes are refused, and it is signed out',
        params: ByShortId,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => devices.revokeOwnDevice(ctx, params.id),
  )

  app.delete(
    '/people/:id/devices',
    {
      config: { permission: 'card.revoke', scope: 'area' },
      schema: {
        operationId: 'revokeDevicesOf',
        tags: ['codes'],
        summary: 'All phones of somebody who lost theirs; they are signed out',
        params: ById,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => devices.revokeDevicesOf(ctx, params.id),
  )

  app.get(
    '/people/:id/paper-card',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'getPaperCard',
        tags: ['codes'],
        summary: 'The paper card in use, if there is one',
        params: ById,
        response: { 200: Type.Object({ card: orNull(PaperCard) }, { title: 'PaperCardInUse' }) },
      },
    },
    ({ ctx, params }) => paperCards.findPaperCard(ctx, params.id),
  )

  app.post(
    '/people/:id/paper-cards',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'issuePaperCard',
        tags: ['codes'],
        summary: 'A new paper card; the one before is revoked',
        params: ById,
        response: { 201: PaperCard },
      },
    },
    async ({ ctx, params }, reply) => {
      reply.code(201)
      return paperCards.issuePaperCard(ctx, params.id)
    },
  )

  app.get(
    '/paper-cards/:id/card.pdf',
    {
      config: { permission: 'card.print', scope: 'area', writes: true },
      schema: {
        operationId: 'printPaperCard',
        tags: ['codes'],
        summary: 'One card, to print',
        params: ByShortId,
        response: { 200: pdf },
      },
    },
    async ({ ctx, params }, reply) => {
      reply.type('application/pdf')
      return (await paperCards.printCard(ctx, params.id)) as never // a Buffer passes by the serializer
    },
  )

  app.delete(
    '/paper-cards/:id',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'revokePaperCard',
        tags: ['codes'],
        params: ByShortId,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => paperCards.revokePaperCard(ctx, params.id),
  )

  app.get(
    '/paper-card-sheets',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'listPaperCardSheets',
        tags: ['codes'],
        summary: 'What was printed for people of a unit, the last first: it can be printed again',
        querystring: Type.Object({ areaCode: AreaCode }),
        response: { 200: Page(PrintedSheet) },
      },
    },
    ({ ctx, query }) => paperCards.listSheets(ctx, query.areaCode),
  )

  app.get(
    '/paper-card-lists',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'listPaperCardLists',
        tags: ['codes'],
        summary:
          'Named lists of people who got their cards together, such as a class: they can get them again',
        response: { 200: Page(CardList) },
      },
    },
    ({ ctx }) => paperCards.listLists(ctx),
  )

  app.post(
    '/paper-card-sheets',
    {
      config: { permission: 'card.print', scope: 'area' },
      schema: {
        operationId: 'printPaperCardSheets',
        tags: ['codes'],
        summary:
          'A4 sheets of new paper cards, for named people, again for a list, or for those of a unit who have none, 500 at once',
        description:
          'The header `x-remaining` says how many of the unit are left for the next request. Cards carry a number, the last pages say whose it is.',
        body: CardSheet,
        response: { 200: pdf },
      },
    },
    async ({ ctx, body }, reply) => {
      const { bytes, remaining } = await paperCards.printSheets(ctx, body)
      reply.type('application/pdf').header('x-remaining', remaining)
      return bytes as never
    },
  )
}
