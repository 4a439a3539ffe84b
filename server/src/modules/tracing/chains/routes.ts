import Type from 'typebox'
import type { App } from '../../../platform/http.ts'
import { Id, Page, PageQuery } from '../../../platform/shapes.ts'
import {
  AsOf,
  CaseLinks,
  Chain,
  ChainSearch,
  Chains,
  FigureSearch,
  LinkWithdrawal,
  NewLink,
  PossibleSources,
  SpreadingPlace,
  SpreadingPlaceSearch,
  TransmissionFigures,
  TransmissionLink,
} from './schema.ts'
import * as service from './service.ts'

const ById = Type.Object({ id: Id })
const Paged = Type.Object(PageQuery, { additionalProperties: false })
const tags = ['chains']

export const routes = async (app: App) => {
  app.get(
    '/cases/:id/links',
    {
      config: { permission: 'chain.read', scope: 'area', writes: true },
      schema: {
        operationId: 'listCaseLinks',
        tags,
        summary:
          'From whom a case caught it and whom it infected, newest first, with what was withdrawn and what contacts suggest; the reading is recorded',
        params: ById,
        querystring: Paged,
        response: { 200: CaseLinks },
      },
    },
    ({ ctx, params, query }) => service.listCaseLinks(ctx, params.id, query),
  )

  app.post(
    '/cases/:id/links',
    {
      config: { permission: 'link.edit', scope: 'area' },
      schema: {
        operationId: 'addLink',
        tags,
        summary: 'Say from which case, or at which place, a case caught it',
        params: ById,
        body: NewLink,
        response: { 201: TransmissionLink },
      },
    },
    async ({ ctx, params, body }, reply) => {
      reply.code(201)
      return service.addLink(ctx, params.id, body)
    },
  )

  app.post(
    '/links/:id/withdrawal',
    {
      config: { permission: 'link.edit', scope: 'area' },
      schema: {
        operationId: 'withdrawLink',
        tags,
        summary: 'Take a link back, with a reason; it stays on record',
        params: ById,
        body: LinkWithdrawal,
        response: { 200: TransmissionLink },
      },
    },
    ({ ctx, params, body }) => service.withdrawLink(ctx, params.id, body),
  )

  app.get(
    '/cases/:id/sources',
    {
      config: { permission: 'case.trace', scope: 'area', writes: true },
      schema: {
        operationId: 'listPossibleSources',
        tags,
        summary:
          'Where a case may have caught it: places shared with earlier cases, ranked with reasons; the reading is recorded',
        params: ById,
        querystring: Paged,
        response: { 200: PossibleSources },
      },
    },
    ({ ctx, params, query }) => service.listPossibleSources(ctx, params.id, query),
  )

  app.get(
    '/cases/:id/chain',
    {
      config: { permission: 'chain.read', scope: 'area', writes: true },
      schema: {
        operationId: 'readChain',
        tags,
        summary: 'The chain to which a case belongs: cases, events, links, generations and figures',
        params: ById,
        querystring: AsOf,
        response: { 200: Chain },
      },
    },
    ({ ctx, params, query }) => service.readChain(ctx, params.id, query),
  )

  app.get(
    '/chains',
    {
      config: { permission: 'chain.read', scope: 'area' },
      schema: {
        operationId: 'listChains',
        tags,
        summary:
          'Chains with a case within reach, as of a day; the latest onset first unless asked otherwise',
        querystring: ChainSearch,
        response: { 200: Chains },
      },
    },
    ({ ctx, query }) => service.listChains(ctx, query),
  )

  app.get(
    '/transmission/figures',
    {
      config: { permission: 'chain.read', scope: 'area' },
      schema: {
        operationId: 'readTransmission',
        tags,
        summary:
          'Serial intervals, and how many each case infected, over the cases of a disease within reach',
        querystring: FigureSearch,
        response: { 200: TransmissionFigures },
      },
    },
    ({ ctx, query }) => service.readTransmission(ctx, query),
  )

  app.get(
    '/transmission/places',
    {
      config: { permission: 'chain.read', scope: 'area' },
      schema: {
        operationId: 'listSpreadingPlaces',
        tags,
        summary: 'Places and events where most were infected, with attack rates',
        querystring: SpreadingPlaceSearch,
        response: { 200: Page(SpreadingPlace) },
      },
    },
    ({ ctx, query }) => service.listSpreadingPlaces(ctx, query),
  )
}
