import { error, fail, redirect } from '@sveltejs/kit'
import { api, attempt, orErrorPage } from '#lib/api.ts'
import { findAreas } from '#lib/areas.ts'
import { safeNext } from '#lib/session.ts'
import type { Area, Declaration, DeclarationForm, EntryDecision } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'
import { citizenOf } from '../../me/citizen.ts'
import { findChosen } from '../../me/people/details.ts'
import { listPeople } from '../../me/people.ts'
import { type Answers, checkAnswers, fieldOf, parseAnswers, quietAnswers, readAnswers } from '../answers.ts'
import type { Actions, PageServerLoad } from './$types.js'

type Fetch = typeof globalThis.fetch

const getForm = (fetch: Fetch, id: string) =>
  orErrorPage(api(fetch).get<DeclarationForm>('/forms/{id}', { params: { path: { id } } }))

export const load: PageServerLoad = async ({ params, fetch, parent, url }) => {
  const { me } = await parent()
  const holder = citizenOf(me, url)
  const form = await getForm(fetch, params.form)
  const people = await listPeople(fetch, url)
  const wanted = url.searchParams.get('for')
  if (!wanted && people.length > 1) redirect(303, `/declare${url.search}`)
  const person = people.find(({ id }) => id === (wanted ?? holder.id))
  if (!person) error(404, { message: m.details_unknown(), code: 'person.unknown' })
  const back = encodeURIComponent(url.pathname + url.search)
  if (!person.complete) redirect(303, `/me/people/${person.id}?next=${back}`)

  const query = { personId: person.id }
  const decision = await orErrorPage(api(fetch).get<EntryDecision>('/me/status', { params: { query } }))
  const last = decision.declaration
  const mayRepeat = last?.formId === form.id && last.signals.length === 0 && !url.searchParams.has('full')
  const next = url.searchParams.get('next')
  return {
    form,
    person,
    last,
    quiet: mayRepeat ? quietAnswers(form) : null,
    declarationId: crypto.randomUUID(),
    next: next && safeNext(next, '/me'),
  }
}

/** The communes that answers name, so that pages can say them. */
async function nameAreas(fetch: Fetch, form: DeclarationForm, answers: Answers) {
  const codes = form.questions
    .filter(({ kind }) => kind === 'area')
    .map(({ key }) => String(answers[key] ?? ''))
  const found = await Promise.all(codes.filter(Boolean).map((code) => findChosen(fetch, code)))
  return found.flatMap((areas) => areas ?? [])
}

const nothingFound: Record<string, { typed: string; areas: Area[] }> = {}

export const actions: Actions = {
  /** Without script: from the filled-in page to its summary, or back to it with what is missing. */
  review: async ({ params, request, fetch }) => {
    const form = await getForm(fetch, params.form)
    const typed = readAnswers(form, await request.formData())
    const { answers, faults } = checkAnswers(form, typed)
    const areas = await nameAreas(fetch, form, typed)
    const found = nothingFound
    if (Object.keys(faults).length > 0) {
      return fail(422, { step: 'fill' as const, answers: typed, faults, areas, found, problem: undefined })
    }
    return { step: 'review' as const, answers, faults: {}, areas, found, problem: undefined }
  },
  /** Without script: from the summary back to the page. */
  edit: async ({ params, request, fetch }) => {
    const answers = parseAnswers((await request.formData()).get('answers'))
    const areas = await nameAreas(fetch, await getForm(fetch, params.form), answers)
    return { step: 'fill' as const, answers, faults: {}, areas, found: nothingFound, problem: undefined }
  },
  /** Without script: the search button of a question that asks for a commune. */
  area: async ({ params, request, fetch }) => {
    const form = await getForm(fetch, params.form)
    const data = await request.formData()
    const answers = readAnswers(form, data)
    const found: typeof nothingFound = {}
    for (const question of form.questions.filter(({ kind }) => kind === 'area')) {
      const typed = String(data.get(`${fieldOf(question)}_search`) ?? '').trim()
      if (typed) found[question.key] = { typed, areas: (await attempt(findAreas(fetch, typed))).data ?? [] }
    }
    const areas = await nameAreas(fetch, form, answers)
    return { step: 'fill' as const, answers, faults: {}, areas, found, problem: undefined }
  },
  send: async ({ params, request, fetch, url }) => {
    const data = await request.formData()
    const form = await getForm(fetch, params.form)
    const personId = String(data.get('personId') ?? '')
    const { answers, faults } = checkAnswers(form, parseAnswers(data.get('answers')))
    const areas = await nameAreas(fetch, form, answers)
    const found = nothingFound
    if (Object.keys(faults).length > 0) {
      return fail(422, { step: 'fill' as const, answers, faults, areas, found, problem: undefined })
    }
    const { problem } = await attempt(
      api(fetch).post<Declaration>('/declarations', {
        body: {
          id: String(data.get('declarationId') ?? ''),
          formId: form.id,
          formVersion: form.version,
          personId,
          answers,
        },
      }),
    )
    if (problem)
      return fail(problem.status, { step: 'review' as const, answers, faults: {}, areas, found, problem })
    const next = url.searchParams.get('next')
    redirect(303, next ? safeNext(next, '/me') : `/declare/done?for=${personId}`)
  },
}
