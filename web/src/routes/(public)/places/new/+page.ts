import type { PageLoad } from './$types.js'
import { loadDetailFields } from './details.ts'

// The picker of communes looks up while one types.
export const csr = true

/** The answer to a first try shows all fields at once: it must do without script. */
export const load: PageLoad = async ({ data, url }) => ({
  ...data,
  DetailFields: url.search ? await loadDetailFields() : undefined,
})
