import type { PageLoad } from './$types.js'
import { loadFields } from './fields.ts'

// One question a screen while one fills in; without script it is one plain page.
export const csr = true

export const load: PageLoad = async ({ data }) => ({ ...data, fields: await loadFields(data.form) })
