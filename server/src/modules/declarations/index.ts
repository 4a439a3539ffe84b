export { routes } from './routes.ts'
export { Declaration, EntryDecision } from './schema.ts'
export { decideMany, listDecisions } from './service.ts'
