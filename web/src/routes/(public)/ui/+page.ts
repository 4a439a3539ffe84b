import { error } from '@sveltejs/kit'
import { dev } from '$app/env'
import type { PageLoad } from './$types.js'

export const csr = true

/** The components with their states, for those who build; a built product has no such page. */
export const load: PageLoad = async ({ fetch }) => {
  if (!dev) error(404)
  const maps = await Promise.all(
    ['vn', '56'].map(async (code) => {
      const answer = await fetch(`/api/v1/areas/boundaries/${code}`)
      return answer.ok ? answer.json() : null
    }),
  )
  return { maps }
}
