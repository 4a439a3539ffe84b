import Type from 'typebox'
import type { App } from '../../platform/http.ts'
import { Page } from '../../platform/shapes.ts'
import { getBoundaries } from './boundaries.ts'
import { dayOf } from './rules.ts'
import { Area, AreaList, ByCode, ByMapCode, FromDay, OnDay, Successors, Topology } from './schema.ts'
import { getAreaInForce, searchAreas, traceSuccessors } from './service.ts'

const open = { permission: null, scope: 'anyone' } as const
const FOR_MINUTES = 'public, max-age=300'
const FOR_A_DAY = 'public, max-age=86400'

const hasTag = (header: string | undefined, etag: string) =>
  !!header?.split(/\s*,\s*/).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)

export const routes = async (app: App) => {
  app.get(
    '/areas',
    {
      config: open,
      schema: {
        operationId: 'listAreas',
        tags: ['areas'],
        summary: 'Units in force on a day: the top level, those under a parent, or those that match a text',
        querystring: AreaList,
        response: { 200: Page(Area) },
      },
    },
    async ({ ctx, query }, reply) => {
      const page = await searchAreas(ctx.sql, { ...query, on: query.on ?? dayOf(ctx.now) })
      reply.header('cache-control', FOR_MINUTES)
      return page
    },
  )

  app.get(
    '/areas/:code',
    {
      config: open,
      schema: {
        operationId: 'getArea',
        tags: ['areas'],
        summary: 'The unit that a code means on a day',
        params: ByCode,
        querystring: OnDay,
        response: { 200: Area },
      },
    },
    async ({ ctx, params, query }, reply) => {
      const area = await getAreaInForce(ctx.sql, params.code, query.on ?? ctx.now)
      reply.header('cache-control', FOR_MINUTES)
      return area
    },
  )

  app.get(
    '/areas/:code/successors',
    {
      config: open,
      schema: {
        operationId: 'listAreaSuccessors',
        tags: ['areas'],
        summary: 'The units that hold, on a day, what the code meant before',
        params: ByCode,
        querystring: FromDay,
        response: { 200: Successors },
      },
    },
    async ({ ctx, params, query }, reply) => {
      const successors = await traceSuccessors(ctx.sql, params.code, {
        ...query,
        on: query.on ?? dayOf(ctx.now),
      })
      reply.header('cache-control', FOR_MINUTES)
      return successors
    },
  )

  app.get(
    '/areas/boundaries/:code',
    {
      config: open,
      schema: {
        operationId: 'getBoundaries',
        tags: ['areas'],
        summary: 'The map of the provinces, or of the communes of a province, as TopoJSON',
        params: ByMapCode,
        response: { 200: Topology, 304: Type.Null() },
      },
    },
    async ({ params, headers }, reply) => {
      const { plain, zipped, hash } = await getBoundaries(params.code)
      const zip = /\bgzip\b/.test(headers['accept-encoding'] ?? '')
      const etag = zip ? `"${hash}-gzip"` : `"${hash}"`
      reply.headers({ etag, 'cache-control': FOR_A_DAY, vary: 'accept-encoding' })
      if (hasTag(headers['if-none-match'], etag)) {
        reply.code(304)
        return null
      }
      if (zip) reply.header('content-encoding', 'gzip')
      reply.type('application/json')
      return (zip ? zipped : plain) as never // bytes as they are: a Buffer passes by the serializer
    },
  )
}
