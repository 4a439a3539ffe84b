import type { App } from '../../platform/http.ts'
import { Page } from '../../platform/shapes.ts'
import { AuditEntry, AuditQuery, OwnPage, OwnReading, Reading, ReadingQuery } from './schema.ts'
import { listOwnReadings, readAudit, readReadings } from './service.ts'

export const routes = async (app: App) => {
  app.get(
    '/me/readings',
    {
      config: { permission: 'me.read', scope: 'own' },
      schema: {
        operationId: 'listMyReadings',
        tags: ['privacy'],
        summary: 'Which offices looked at the data of my people, how often on which day, and why',
        querystring: OwnPage,
        response: { 200: Page(OwnReading) },
      },
    },
    ({ ctx, query }) => listOwnReadings(ctx, query),
  )

  app.get(
    '/readings',
    {
      config: { permission: 'reading.read', scope: 'area' },
      schema: {
        operationId: 'listReadings',
        tags: ['privacy'],
        summary: 'Who read whose record, when, for which case',
        querystring: ReadingQuery,
        response: { 200: Page(Reading) },
      },
    },
    ({ ctx, query }) => readReadings(ctx, query),
  )

  app.get(
    '/audit',
    {
      config: { permission: 'audit.read', scope: 'area' },
      schema: {
        operationId: 'listAudit',
        tags: ['privacy'],
        summary: 'What officials and keys within my areas did, and what was done to their accounts',
        querystring: AuditQuery,
        response: { 200: Page(AuditEntry) },
      },
    },
    ({ ctx, query }) => readAudit(ctx, query),
  )
}
