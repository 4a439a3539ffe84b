import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page } from '../../../platform/shapes.ts'
import { Reason, RunSearch, WarningPreview, WarningRun } from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['tracing']

export const routes = async (app: App) => {
  app.get(
    '/warning-runs',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'listWarningRuns',
        tags,
        summary:
          'Warnings that leave together: what waits for a second officer, what is on its way, what was stopped',
        querystring: RunSearch,
        response: { 200: Page(WarningRun) },
      },
    },
    ({ ctx, query }) => service.searchRuns(ctx, query),
  )

  app.get(
    '/warning-runs/:id',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'readWarningRun',
        tags,
        summary: 'How far a sending is',
        params: ById,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params }) => service.readRun(ctx, params.id),
  )

  app.get(
    '/warning-runs/:id/preview',
    {
      config: { permission: 'contact.read', scope: 'area' },
      schema: {
        operationId: 'previewWarnings',
        tags,
        summary: 'What a sending would say, as it would leave, and to how many people and numbers',
        params: ById,
        response: { 200: WarningPreview },
      },
    },
    ({ ctx, params }) => service.previewRun(ctx, params.id),
  )

  app.post(
    '/warning-runs/:id/release',
    {
      config: { permission: 'warning.release', scope: 'area' },
      schema: {
        operationId: 'releaseWarnings',
        tags,
        summary: 'Let warnings go that another officer asked for',
        params: ById,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params }) => service.releaseRun(ctx, params.id),
  )

  app.post(
    '/warning-runs/:id/refusal',
    {
      config: { permission: 'warning.release', scope: 'area' },
      schema: {
        operationId: 'refuseWarnings',
        tags,
        summary: 'Say why warnings are not to leave',
        params: ById,
        body: Reason,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params, body }) => service.refuseRun(ctx, params.id, body.reason),
  )

  app.post(
    '/warning-runs/:id/request',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'askForWarningsAgain',
        tags,
        summary: 'Ask again for what was refused or stopped; a second officer decides',
        params: ById,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params }) => service.askAgain(ctx, params.id),
  )

  app.post(
    '/warning-runs/:id/stop',
    {
      config: { permission: 'contact.mark', scope: 'area' },
      schema: {
        operationId: 'stopWarnings',
        tags,
        summary: 'Stop at once: nothing more is sent, and what waits in the outbox is taken back',
        params: ById,
        body: Reason,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params, body }) => service.stopRun(ctx, params.id, body.reason),
  )

  app.post(
    '/warning-runs/:id/recall',
    {
      config: { permission: 'warning.release', scope: 'area' },
      schema: {
        operationId: 'recallWarnings',
        tags,
        summary: 'Stop, and tell those who were warned that it was a mistake',
        params: ById,
        body: Reason,
        response: { 200: WarningRun },
      },
    },
    ({ ctx, params, body }) => service.recallRun(ctx, params.id, body.reason),
  )
}
