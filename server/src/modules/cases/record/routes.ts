import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page } from '../../../platform/shapes.ts'
import {
  CaseClassification,
  CaseDateChange,
  LabResult,
  NewClassification,
  NewLabResult,
  Withdrawal,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['cases']

export const recordRoutes = async (app: App) => {
  app.get(
    '/cases/:id/classifications',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCaseClassifications',
        tags,
        summary: 'What a case was called, since when, by which definition and why, the newest first',
        params: ById,
        response: { 200: Page(CaseClassification) },
      },
    },
    ({ ctx, params }) => service.listClassifications(ctx, params.id),
  )

  app.post(
    '/cases/:id/classifications',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'classifyCase',
        tags,
        summary: 'Call a case something else from a day on; what it was called stays in the history',
        params: ById,
        body: NewClassification,
        response: { 201: CaseClassification },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.classifyCase(ctx, params.id, body)
    },
  )

  app.get(
    '/cases/:id/date-changes',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCaseDateChanges',
        tags,
        summary: 'Dates of a case that were corrected, by whom and why, the newest first',
        params: ById,
        response: { 200: Page(CaseDateChange) },
      },
    },
    ({ ctx, params }) => service.listDateChanges(ctx, params.id),
  )

  app.get(
    '/cases/:id/lab-results',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listLabResults',
        tags,
        summary: 'What laboratories found, the newest sample first; withdrawn ones are marked',
        params: ById,
        response: { 200: Page(LabResult) },
      },
    },
    ({ ctx, params }) => service.listLabResults(ctx, params.id),
  )

  app.post(
    '/cases/:id/lab-results',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'recordLabResult',
        tags,
        summary: 'Record what a laboratory found',
        params: ById,
        body: NewLabResult,
        response: { 201: LabResult },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.recordLabResult(ctx, params.id, body)
    },
  )

  app.post(
    '/lab-results/:id/withdrawal',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'withdrawLabResult',
        tags,
        summary: 'Withdraw a result that was wrong; it stays to be seen, with the reason',
        params: ById,
        body: Withdrawal,
        response: { 200: LabResult },
      },
    },
    ({ ctx, params, body }) => service.withdrawLabResult(ctx, params.id, body),
  )
}
