import createFetchClient, { type ClientOptions } from 'openapi-fetch'
import type { components, paths } from './types.ts'

/** A typed client of the whole API: `createClient({ baseUrl, fetch }).GET('/api/v1/me')`. */
export const createClient = (options: ClientOptions) => createFetchClient<paths>(options)

export type Schemas = components['schemas']
export type { paths }
