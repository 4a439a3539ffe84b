import { createClient, type FieldProblem, Problem, type ProblemBody } from '@lachan/contract'
import { error, redirect } from '@sveltejs/kit'
import { m } from '#paraglide/messages.js'
import { getLocale } from '#paraglide/runtime.js'

export { type PathOf, Problem, type ProblemBody } from '@lachan/contract'

/**
 * The client of the public API for pages. `fetch` is the one that SvelteKit hands to a load function or an action:
 * in-process on the server, over the network in the browser. The language is that of the page, whatever the browser speaks.
 */
export const api = (fetch: typeof globalThis.fetch) =>
  createClient({ fetch, headers: () => ({ 'accept-language': getLocale() }) })

type Attempt<T> = { data: T; problem?: undefined } | { data?: undefined; problem: ProblemBody }

/** For form actions: a refusal comes back as a value, to be handed to `fail(problem.status, { problem, values })`. */
export async function attempt<T>(answer: Promise<T>): Promise<Attempt<T>> {
  try {
    return { data: await answer }
  } catch (caught) {
    if (caught instanceof Problem) {
      const problem = caught.toJSON()
      return { problem: { ...problem, fields: problem.fields?.map(atItsField) } }
    }
    throw caught
  }
}

/** What cannot be stored as text is refused before anybody asks which field it is for; then its place is told, in English. */
const atItsField = ({ field, reason }: FieldProblem): FieldProblem =>
  field.startsWith('body.')
    ? { field: field.slice('body.'.length), reason: m.ui_text_unreadable() }
    : { field, reason }

/** For load functions: a refusal becomes the error page, and "who are you?" the way to the sign-in page and back. */
export async function orErrorPage<T>(answer: Promise<T>, url?: URL): Promise<T> {
  try {
    return await answer
  } catch (caught) {
    if (!(caught instanceof Problem)) throw caught
    if (caught.status === 401 && url) {
      const door = url.pathname.startsWith('/console') ? '/console/signin' : '/signin'
      redirect(303, `${door}?next=${encodeURIComponent(url.pathname + url.search)}`)
    }
    error(caught.status as 400, { message: caught.title, code: caught.code, detail: caught.detail })
  }
}

/** What was wrong with one field of a refused form, for `<Field error={fieldError(form?.problem, 'phone')}>`. */
export function fieldError(problem: ProblemBody | null | undefined, field: string): string | undefined {
  const found = problem?.fields?.find((item) => item.field === field)
  // A reason of one word is for programs; then the sentence of the whole refusal says it to people.
  return found && (found.reason.includes(' ') ? found.reason : problem?.title)
}
