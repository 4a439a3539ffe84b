import type { App } from '../../../platform/http.ts'
import { Desk } from './schema.ts'
import * as service from './service.ts'

export const routes = async (app: App) => {
  app.get(
    '/desk',
    {
      config: { permission: 'followUp.read', scope: 'area' },
      schema: {
        operationId: 'readDesk',
        tags: ['follow-up'],
        summary: 'How much work of tracing waits within reach; counts only',
        response: { 200: Desk },
      },
    },
    ({ ctx }) => service.readDesk(ctx),
  )
}
