export { clean } from './clean.ts'
export { routes } from './routes.ts'
export { Declaration, EntryDecision } from './schema.ts'
export { decideMany, holdEntry, listDecisions } from './service.ts'
