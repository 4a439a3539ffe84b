import Type from 'typebox'
import { dayIn } from '../../platform/days.ts'
import type { App } from '../../platform/http.ts'
import { Id, Page } from '../../platform/shapes.ts'
import { listProfiles } from './profiles.ts'
import { recordRoutes } from './record/routes.ts'
import {
  Case,
  CaseChange,
  CaseSearch,
  CaseStays,
  DiseaseProfile,
  NewCase,
  SetAsideScan,
  SetAsideScanSearch,
  SetAsideSearch,
  SetAsides,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const tags = ['cases']

export const routes = async (app: App) => {
  await recordRoutes(app)
  app.get(
    '/disease-profiles',
    {
      config: { permission: null, scope: 'anyone' },
      schema: {
        operationId: 'listDiseaseProfiles',
        tags,
        summary: 'The rules of each disease in force today, with their sources and assumptions',
        response: { 200: Page(DiseaseProfile) },
      },
    },
    async ({ ctx }) => ({ items: listProfiles(dayIn(ctx.services.timeZone, ctx.now)), next: null }),
  )

  app.post(
    '/cases',
    {
      config: { permission: 'case.confirm', scope: 'area' },
      schema: {
        operationId: 'confirmCase',
        tags,
        summary:
          'Record an infection of somebody within reach: confirmed, unless it is said to be suspected or probable',
        body: NewCase,
        response: { 201: Case },
      },
    },
    async ({ ctx, body }, reply) => {
      reply.code(201)
      return service.confirmCase(ctx, body)
    },
  )

  app.get(
    '/cases',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCases',
        tags,
        summary: 'Cases within reach, newest first unless asked otherwise; the reading is recorded',
        querystring: CaseSearch,
        response: { 200: Page(Case) },
      },
    },
    ({ ctx, query }) => service.searchCases(ctx, query),
  )

  app.get(
    '/cases/:id',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'readCase',
        tags,
        summary: 'A case with its window; the reading is recorded',
        params: ById,
        response: { 200: Case },
      },
    },
    ({ ctx, params }) => service.readCase(ctx, params.id),
  )

  app.patch(
    '/cases/:id',
    {
      config: { permission: 'case.edit', scope: 'area' },
      schema: {
        operationId: 'changeCase',
        tags,
        summary: 'Correct the dates of a case; its window is computed again',
        params: ById,
        body: CaseChange,
        response: { 200: Case },
      },
    },
    ({ ctx, params, body }) => service.changeCase(ctx, params.id, body),
  )

  app.get(
    '/cases/:id/stays',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCaseStays',
        tags,
        summary: 'Where the case was within its window; the reading is recorded',
        params: ById,
        response: { 200: CaseStays },
      },
    },
    ({ ctx, params }) => service.listCaseStays(ctx, params.id),
  )

  app.get(
    '/cases/:id/set-aside',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listSetAside',
        tags,
        summary:
          'Scans of the case within its window that make no stay, by day, place and reason; the reading is recorded',
        params: ById,
        querystring: SetAsideSearch,
        response: { 200: SetAsides },
      },
    },
    ({ ctx, params, query }) => service.listSetAside(ctx, params.id, query),
  )

  app.get(
    '/cases/:id/set-aside-scans',
    {
      config: { permission: 'case.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listSetAsideScans',
        tags,
        summary: 'The same, scan by scan, of one day, place or reason if asked so; the reading is recorded',
        params: ById,
        querystring: SetAsideScanSearch,
        response: { 200: Page(SetAsideScan) },
      },
    },
    ({ ctx, params, query }) => service.listSetAsideScans(ctx, params.id, query),
  )
}
