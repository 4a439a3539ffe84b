import type { HandleClientError } from '@sveltejs/kit/hooks'
import { Problem } from '#lib/api.ts'
import { m } from '#paraglide/messages.js'

/** In the browser a refusal of the API becomes the error page with the API's own words. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (error instanceof Problem) {
    return { status: error.status, message: error.title, code: error.code, detail: error.detail }
  }
  if (kind === 'app') return error
  if (kind !== 'unknown') return error.status === 404 ? { message: m.error_not_found_title() } : {}
  console.error(error)
  return { message: m.error_unexpected_title() }
}
