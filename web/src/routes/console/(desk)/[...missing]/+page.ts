import { error } from '@sveltejs/kit'
import { m } from '#paraglide/messages.js'

/** An address that is nothing leaves an official at the desk. */
export const load = () => error(404, { message: m.error_not_found_title(), code: 'route.unknown' })
