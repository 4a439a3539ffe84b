import type { App } from '../../platform/http.ts'
import { DemoCast, Outbox, Site } from './schema.ts'
import { describeCast, readOutbox } from './service.ts'

export const routes = async (app: App) => {
  app.get(
    '/public/site',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'getSite',
        tags: ['demo'],
        summary: 'What this installation is',
        response: { 200: Site },
      },
    },
    async ({ ctx }) => ({ demo: ctx.services.demo, name: 'Lá Chắn' }),
  )

  app.get(
    '/demo/outbox',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'readDemoOutbox',
        tags: ['demo'],
        summary: 'What the SMS twin took; in demo mode only',
        response: { 200: Outbox },
      },
    },
    ({ ctx }) => readOutbox(ctx),
  )

  app.get(
    '/demo/accounts',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'listDemoCast',
        tags: ['demo'],
        summary: 'Whom one can be in the demo; in demo mode only',
        response: { 200: DemoCast },
      },
    },
    ({ ctx }) => describeCast(ctx),
  )
}
