import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page } from '../../platform/shapes.ts'
import { spacedCode } from './rules.ts'
import {
  Guard,
  MyPlaces,
  NewGuard,
  NewPlace,
  OwnPlace,
  Place,
  PlaceChange,
  PlaceKind,
  PlaceSearch,
  PublicPlace,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const ByGuard = Type.Object({ id: Id, guardId: Id })
const open = { permission: null, scope: 'anyone' } as const
const reading = { permission: 'place.read', scope: 'place' } as const
const staffing = { permission: 'place.staff', scope: 'place' } as const

const file = (type: string) => ({ content: { [type]: { schema: Type.String({ format: 'binary' }) } } })

export const routes = async (app: App) => {
  app.get(
    '/place-kinds',
    {
      config: open,
      schema: {
        operationId: 'listPlaceKinds',
        tags: ['places'],
        summary: 'Kinds of places, with the sector that manages each',
        response: { 200: Page(PlaceKind) },
      },
    },
    ({ ctx }) => service.listKinds(ctx),
  )

  app.get(
    '/public/places/:code',
    {
      config: open,
      schema: {
        operationId: 'findPublicPlace',
        tags: ['places'],
        summary: 'The place that a short code (typed in any form) or a check-in address means',
        params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 100 }) }),
        response: { 200: PublicPlace },
      },
    },
    ({ ctx, params }) => service.findPublicPlace(ctx, params.code),
  )

  app.get(
    '/me/places',
    {
      config: { permission: 'me.read', scope: 'own' },
      schema: {
        operationId: 'listMyPlaces',
        tags: ['places'],
        summary: 'The places that I own or guard, open ones first, or the place of this key',
        querystring: MyPlaces,
        response: { 200: Page(OwnPlace) },
      },
    },
    ({ ctx, query }) => service.listOwnPlaces(ctx, query),
  )

  app.post(
    '/places',
    {
      config: {
        permission: 'place.register',
        scope: 'place',
        before: (ctx) => service.throttleRegistrations(ctx),
      },
      schema: {
        operationId: 'registerPlace',
        tags: ['places'],
        summary: 'Register a place with the phone I signed in with, or (officers) one within reach',
        body: NewPlace,
        response: { 201: Place },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.registerPlace(ctx, body)
    },
  )

  app.get(
    '/places',
    {
      config: reading,
      schema: {
        operationId: 'listPlaces',
        tags: ['places'],
        summary: 'Places within reach; for citizens, those they own or guard',
        querystring: PlaceSearch,
        response: { 200: Page(Place) },
      },
    },
    ({ ctx, query }) => service.searchPlaces(ctx, query),
  )

  app.get(
    '/places/:id',
    {
      config: reading,
      schema: { operationId: 'readPlace', tags: ['places'], params: ById, response: { 200: Place } },
    },
    ({ ctx, params }) => service.readPlace(ctx, params.id),
  )

  app.patch(
    '/places/:id',
    {
      config: { permission: 'place.edit', scope: 'place' },
      schema: {
        operationId: 'changePlace',
        tags: ['places'],
        summary: 'Correct a place, close it or open it again',
        params: ById,
        body: PlaceChange,
        response: { 200: Place },
      },
    },
    ({ ctx, params, body }) => service.changePlace(ctx, params.id, body),
  )

  app.get(
    '/places/:id/poster.pdf',
    {
      config: reading,
      schema: {
        operationId: 'getPoster',
        tags: ['places'],
        summary: 'The poster for the door, one A4 sheet',
        params: ById,
        response: { 200: file('application/pdf') },
      },
    },
    async ({ ctx, params }, reply) => {
      const { code, bytes } = await service.drawPlacePoster(ctx, params.id)
      reply.type('application/pdf')
      reply.header('content-disposition', `inline; filename="poster-${spacedCode(code)}.pdf"`)
      return bytes as never // a Buffer passes by the serializer
    },
  )

  app.get(
    '/places/:id/poster.svg',
    {
      config: reading,
      schema: {
        operationId: 'getPosterCode',
        tags: ['places'],
        summary: 'The QR code alone',
        params: ById,
        response: { 200: file('image/svg+xml') },
      },
    },
    async ({ ctx, params }, reply) => {
      const { code, bytes } = await service.drawPlaceCode(ctx, params.id)
      reply.type('image/svg+xml')
      reply.header('content-disposition', `inline; filename="code-${spacedCode(code)}.svg"`)
      return bytes as never
    },
  )

  app.post(
    '/places/:id/guards',
    {
      config: {
        ...staffing,
        before: (ctx, request) => service.throttleGuards(ctx, (request.body as NewGuard).phone),
      },
      schema: {
        operationId: 'addGuard',
        tags: ['places'],
        summary: 'Let the holder of a phone let people in here',
        params: ById,
        body: NewGuard,
        response: { 201: Guard },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.addGuard(ctx, params.id, body)
    },
  )

  app.get(
    '/places/:id/guards',
    {
      config: staffing,
      schema: { operationId: 'listGuards', tags: ['places'], params: ById, response: { 200: Page(Guard) } },
    },
    ({ ctx, params }) => service.listGuards(ctx, params.id),
  )

  app.delete(
    '/places/:id/guards/:guardId',
    {
      config: staffing,
      schema: {
        operationId: 'removeGuard',
        tags: ['places'],
        params: ByGuard,
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => service.removeGuard(ctx, params.id, params.guardId),
  )
}
