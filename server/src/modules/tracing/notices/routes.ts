import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page } from '../../../platform/shapes.ts'
import {
  DraftNotice,
  ExposurePoint,
  NewPoint,
  Notice,
  NoticeSearch,
  PointChange,
  PublicPage,
  PublicSearch,
  Reason,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['notices']
const zip = promisify(gzip)

/** A withdrawal is seen by everybody after so long. */
const FOR_A_MINUTE = 'public, max-age=60'

export const routes = async (app: App) => {
  app.get(
    '/cases/:id/exposure-points',
    {
      config: { permission: 'notice.draft', scope: 'area', writes: true },
      schema: {
        operationId: 'listExposurePoints',
        tags,
        summary:
          'Where the case was within its window, and what officers judged of it; the reading is recorded',
        params: ById,
        response: { 200: Page(ExposurePoint) },
      },
    },
    ({ ctx, params }) => service.listPoints(ctx, params.id),
  )

  app.post(
    '/cases/:id/exposure-points',
    {
      config: { permission: 'notice.draft', scope: 'area' },
      schema: {
        operationId: 'judgeStay',
        tags,
        summary: 'Confirm or reject a stay of the case as an exposure point, or add a place without a code',
        params: ById,
        body: NewPoint,
        response: { 201: ExposurePoint },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.judgeStay(ctx, params.id, body)
    },
  )

  app.patch(
    '/exposure-points/:id',
    {
      config: { permission: 'notice.draft', scope: 'area' },
      schema: {
        operationId: 'judgeExposurePoint',
        tags,
        summary: 'Judge an exposure point anew; what was judged before is kept',
        params: ById,
        body: PointChange,
        response: { 200: ExposurePoint },
      },
    },
    ({ ctx, params, body }) => service.judgePoint(ctx, params.id, body),
  )

  app.post(
    '/cases/:id/notices',
    {
      config: { permission: 'notice.draft', scope: 'area' },
      schema: {
        operationId: 'draftNotice',
        tags,
        summary: 'Draft a public notice of confirmed points; a second officer releases it',
        params: ById,
        body: DraftNotice,
        response: { 201: Notice },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.draftNotice(ctx, params.id, body)
    },
  )

  app.get(
    '/notices',
    {
      config: { permission: 'notice.draft', scope: 'area', writes: true },
      schema: {
        operationId: 'listNotices',
        tags,
        summary:
          'Notices of cases within reach, with what would be or was published; the reading is recorded',
        querystring: NoticeSearch,
        response: { 200: Page(Notice) },
      },
    },
    ({ ctx, query }) => service.searchNotices(ctx, query),
  )

  app.get(
    '/notices/:id',
    {
      config: { permission: 'notice.draft', scope: 'area', writes: true },
      schema: {
        operationId: 'readNotice',
        tags,
        summary: 'A notice, with why each line is as exact as it is; the reading is recorded',
        params: ById,
        response: { 200: Notice },
      },
    },
    ({ ctx, params }) => service.readNotice(ctx, params.id),
  )

  app.post(
    '/notices/:id/release',
    {
      config: { permission: 'notice.release', scope: 'area' },
      schema: {
        operationId: 'releaseNotice',
        tags,
        summary: 'Publish what another officer drafted',
        params: ById,
        response: { 200: Notice },
      },
    },
    ({ ctx, params }) => service.releaseNotice(ctx, params.id),
  )

  app.post(
    '/notices/:id/refusal',
    {
      config: { permission: 'notice.release', scope: 'area' },
      schema: {
        operationId: 'refuseNotice',
        tags,
        summary: 'Say why a draft is not to be published',
        params: ById,
        body: Reason,
        response: { 200: Notice },
      },
    },
    ({ ctx, params, body }) => service.refuseNotice(ctx, params.id, body.reason),
  )

  app.post(
    '/notices/:id/withdrawal',
    {
      config: { permission: 'notice.draft', scope: 'area' },
      schema: {
        operationId: 'withdrawNotice',
        tags,
        summary: 'Take back what was published; the public list says so',
        params: ById,
        body: Reason,
        response: { 200: Notice },
      },
    },
    ({ ctx, params, body }) => service.withdrawNotice(ctx, params.id, body.reason),
  )

  app.get(
    '/public/notices',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'listPublicNotices',
        tags,
        summary:
          'Where and when somebody infectious was, as far as it is published: whole days, the latest first. A phone reads the whole list, compares it with its own visits and tells nobody',
        querystring: PublicSearch,
        response: { 200: PublicPage, 304: Type.Null() },
      },
    },
    async ({ ctx, query, headers }, reply) => {
      const plain = JSON.stringify(await service.listPublic(ctx, query))
      const zips = /\bgzip\b/.test(headers['accept-encoding'] ?? '')
      const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
      const etag = zips ? `"${hash}-gzip"` : `"${hash}"`
      reply.headers({ etag, 'cache-control': FOR_A_MINUTE, vary: 'accept-encoding' })
      if (headers['if-none-match']?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag)) {
        reply.code(304)
        return null
      }
      if (zips) reply.header('content-encoding', 'gzip')
      reply.type('application/json')
      return (zips ? await zip(plain) : Buffer.from(plain)) as never // bytes as they are: they pass by the serializer
    },
  )
}
