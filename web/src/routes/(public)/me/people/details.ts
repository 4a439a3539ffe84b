import { api, attempt } from '#lib/api.ts'
import type { Area } from '#lib/shapes.ts'
import { m } from '#paraglide/messages.js'

const OLDEST = 1900

export interface DetailsForm {
  values: Record<string, string>
  errors: Record<string, string>
}

/** Reads the details of a person from a form, and says what is missing before anybody is asked. */
export function readDetails(form: FormData): DetailsForm & { body: Record<string, string | number> } {
  const values: Record<string, string> = {}
  for (const [name, value] of form) if (typeof value === 'string') values[name] = value.trim()

  const errors: Record<string, string> = {}
  const year = Number(values.birthYear)
  if (!values.name) errors.name = m.details_name_missing()
  if (!/^\d{4}$/.test(values.birthYear ?? '') || year < OLDEST || year > new Date().getFullYear()) {
    errors.birthYear = m.details_birth_wrong()
  }
  if (!values.sex) errors.sex = m.details_sex_missing()
  if (!values.areaCode) errors.areaCode = m.details_area_missing()
  if (!values.address) errors.address = m.details_address_missing()
  for (const name of ['documentNumber', 'healthInsuranceNumber'] as const) {
    values[name] = (values[name] ?? '').replace(/[\s.-]/g, '').toUpperCase()
    if (values[name] && !/^[A-Z0-9]{8,17}$/.test(values[name])) errors[name] = m.details_number_wrong()
  }

  const body: Record<string, string | number> = { birthYear: year }
  for (const name of ['name', 'sex', 'areaCode', 'address', 'documentNumber', 'healthInsuranceNumber']) {
    if (values[name]) body[name] = values[name]
  }
  return { values, errors, body }
}

/** The commune that was chosen already, so that a form that comes back still has it. */
export async function findChosen(
  fetch: typeof globalThis.fetch,
  code: string | undefined,
): Promise<Area[] | undefined> {
  if (!code) return undefined
  const { data } = await attempt(api(fetch).get<Area>('/areas/{code}', { params: { path: { code } } }))
  return data && [data]
}
