import { redirect } from '@sveltejs/kit'
import type { ProblemBody } from '#lib/api.ts'
import type { Me, Person } from '#lib/shapes.ts'

/** Who is signed in by phone; anybody else is led to the sign-in page and back. */
export function citizenOf(me: Me | null, url: URL): Person {
  if (me?.kind === 'citizen' && me.person) return me.person
  redirect(303, `/signin?next=${encodeURIComponent(url.pathname + url.search)}`)
}

/** Beside which field to say what: a refusal in plain words names its fields, a shape that failed gives a reason each. */
export function fieldErrors(problem: ProblemBody | undefined): Record<string, string> {
  if (!problem?.fields) return {}
  const plain = problem.code !== 'request.invalid'
  return Object.fromEntries(
    problem.fields.map(({ field, reason }) => [field, plain ? problem.title : reason]),
  )
}
