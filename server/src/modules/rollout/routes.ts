import type { App } from '../../platform/http.ts'
import { DailyReport, DailyReportQuery } from './schema.ts'
import { readDailyReport } from './service.ts'

export const routes = async (app: App) => {
  app.get(
    '/reports/daily',
    {
      config: { permission: 'report.read', scope: 'area' },
      schema: {
        operationId: 'readDailyReport',
        tags: ['rollout'],
        summary: 'Places, scans, declarations and cases of one day by area; counts only',
        querystring: DailyReportQuery,
        response: { 200: DailyReport },
      },
    },
    ({ ctx, query }) => readDailyReport(ctx, query),
  )
}
