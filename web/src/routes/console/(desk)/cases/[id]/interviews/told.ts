import type { InterviewForm } from '#lib/shapes.ts'

/** Rows of the form as they are typed; empty text is nothing. */
export interface PlaceRow {
  name: string
  placeCode: string
  from: string
  to: string
}
export interface PersonRow {
  name: string
  phone: string
  relation: string
  setting: string
  from: string
  to: string
  masked: string
  note: string
}
export interface SymptomRow {
  symptom: string
  from: string
  to: string
}

export const newPlace = (): PlaceRow => ({ name: '', placeCode: '', from: '', to: '' })
export const newPerson = (): PersonRow => ({
  name: '',
  phone: '',
  relation: '',
  setting: '',
  from: '',
  to: '',
  masked: '',
  note: '',
})
export const newSymptom = (): SymptomRow => ({ symptom: '', from: '', to: '' })

/** A moment as the field has it, without a zone: the clock of the place. */
const moment = (typed: string) => (typed ? `${typed}:00+07:00` : undefined)

const given = <T extends Record<string, unknown>>(row: T) =>
  Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== '' && value !== undefined),
  ) as Partial<T>

export const isLasting = (form: InterviewForm, setting: string) =>
  form.settings.find(({ value }) => value === setting)?.lasting === true

export const placeSent = ({ from, to, ...row }: PlaceRow) =>
  given({ ...row, from: moment(from) ?? '', to: moment(to) ?? '' })

export const personSent = (form: InterviewForm, { from, to, masked, ...row }: PersonRow) => ({
  ...given(row),
  ...(isLasting(form, row.setting) ? {} : given({ from: moment(from) ?? '', to: moment(to) ?? '' })),
  ...(masked === '' ? {} : { masked: masked === 'yes' }),
})
