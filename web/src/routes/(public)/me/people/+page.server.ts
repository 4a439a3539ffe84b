import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types.js'

/** The people of a phone stand on its page. */
export const load: PageServerLoad = () => redirect(303, '/me#people')
