import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Id, Page, PageQuery } from '../../platform/shapes.ts'
import { MaskedPerson } from '../people/index.ts'
import * as gates from './gates.ts'
import * as guests from './guests.ts'
import * as posters from './posters.ts'
import { spacedCode } from './rules.ts'
import { throttleGuesses } from './scanned.ts'
import {
  AddedGuests,
  Gate,
  Guard,
  Marks,
  MyPlaces,
  NewGate,
  NewGuard,
  NewGuests,
  NewPlace,
  NewTrip,
  OwnPlace,
  Place,
  PlaceChange,
  PlaceKind,
  PlaceSearch,
  PosterVersion,
  PublicPlace,
  ScreenCode,
  Trip,
  TripEnd,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const ByGate = Type.Object({ id: Id, code: Type.String({ pattern: '^[0-9]{1,6}$' }) })
const ByTrip = Type.Object({ id: Id, tripId: Id })
const ByGuard = Type.Object({ id: Id, guardId: Id })
const open = { permission: null, scope: 'anyone' } as const
const reading = { permission: 'place.read', scope: 'place' } as const
const editing = { permission: 'place.edit', scope: 'place' } as const
const driving = { permission: 'scan.record', scope: 'place' } as const
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
      config: {
        ...open,
        before: (ctx, { params, query }) =>
          throttleGuesses(ctx, (params as { code: string }).code, query as Marks),
      },
      schema: {
        operationId: 'findPublicPlace',
        tags: ['places'],
        summary: 'The place that a short code (typed in any form) or a check-in address means',
        params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 100 }) }),
        querystring: Marks,
        response: { 200: PublicPlace },
      },
    },
    ({ ctx, params, query }) => service.findPublicPlace(ctx, params.code, query),
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
      config: editing,
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

  app.get(
    '/places/:id/posters',
    {
      config: editing,
      schema: {
        operationId: 'listPosters',
        tags: ['places'],
        summary: 'Versions of the poster, latest first; the one that is not withdrawn is in force',
        params: ById,
        response: { 200: Page(PosterVersion) },
      },
    },
    ({ ctx, params }) => posters.listPosters(ctx, params.id),
  )

  app.post(
    '/places/:id/posters',
    {
      config: { ...editing, before: posters.throttlePosters },
      schema: {
        operationId: 'replacePoster',
        tags: ['places'],
        summary: 'Make a new poster and withdraw the one before: whoever scans that is told so',
        params: ById,
        response: { 201: PosterVersion },
      },
    },
    async ({ ctx, params }, reply) => {
      reply.code(201)
      return posters.replacePoster(ctx, params.id)
    },
  )

  app.get(
    '/places/:id/screen-code',
    {
      config: reading,
      schema: {
        operationId: 'readScreenCode',
        tags: ['places'],
        summary: 'What a screen at the door shows; two minutes later it is refused',
        params: ById,
        response: { 200: ScreenCode },
      },
    },
    ({ ctx, params }) => posters.readScreenCode(ctx, params.id),
  )

  app.get(
    '/places/:id/gates',
    {
      config: reading,
      schema: { operationId: 'listGates', tags: ['places'], params: ById, response: { 200: Page(Gate) } },
    },
    ({ ctx, params }) => gates.readGates(ctx, params.id),
  )

  app.post(
    '/places/:id/gates',
    {
      config: editing,
      schema: {
        operationId: 'addGate',
        tags: ['places'],
        summary: 'Tell one entrance from the others',
        params: ById,
        body: NewGate,
        response: { 201: Gate },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return gates.addGate(ctx, params.id, body)
    },
  )

  app.delete(
    '/places/:id/gates/:code',
    {
      config: editing,
      schema: { operationId: 'removeGate', tags: ['places'], params: ByGate, response: { 204: Type.Null() } },
    },
    ({ ctx, params }) => gates.removeGate(ctx, params.id, params.code),
  )

  app.get(
    '/places/:id/guests',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listEventGuests',
        tags: ['places'],
        summary: 'Who was asked to an event; the reading is recorded',
        params: ById,
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        response: { 200: Page(MaskedPerson) },
      },
    },
    ({ ctx, params, query }) => guests.readGuests(ctx, params.id, query),
  )

  app.post(
    '/places/:id/guests',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'addEventGuests',
        tags: ['places'],
        summary: 'Add the guest list of an event, whether or not they were scanned at its door',
        params: ById,
        body: NewGuests,
        response: { 201: AddedGuests },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return guests.addGuests(ctx, params.id, body)
    },
  )

  app.delete(
    '/places/:id/guests/:personId',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'removeEventGuest',
        tags: ['places'],
        summary: 'Take somebody off the guest list',
        params: Type.Object({ id: Id, personId: Id }),
        response: { 204: Type.Null() },
      },
    },
    ({ ctx, params }) => guests.removeGuest(ctx, params.id, params.personId),
  )

  app.get(
    '/places/:id/trips',
    {
      config: reading,
      schema: {
        operationId: 'listTrips',
        tags: ['places'],
        summary: 'The latest trips of a vehicle',
        params: ById,
        response: { 200: Page(Trip) },
      },
    },
    ({ ctx, params }) => gates.listTrips(ctx, params.id),
  )

  app.post(
    '/places/:id/trips',
    {
      config: { ...driving, before: gates.throttleTrips },
      schema: {
        operationId: 'startTrip',
        tags: ['places'],
        summary: 'The vehicle sets out; the trip before is over',
        params: ById,
        body: NewTrip,
        response: { 201: Trip },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return gates.startTrip(ctx, params.id, body)
    },
  )

  app.patch(
    '/places/:id/trips/:tripId',
    {
      config: driving,
      schema: {
        operationId: 'endTrip',
        tags: ['places'],
        summary: 'The vehicle has arrived',
        params: ByTrip,
        body: TripEnd,
        response: { 200: Trip },
      },
    },
    ({ ctx, params }) => gates.endTrip(ctx, params.id, params.tripId),
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
