import { readdirSync, readFileSync } from 'node:fs'
import { Check, Errors } from 'typebox/value'
import { currentForms, faultOf } from '../../declarations/index.ts'
import { interviewProblem } from './problems.ts'
import { InterviewForm } from './schema.ts'

const FOLDER = new URL('../../../../../data/forms/', import.meta.url)

/** All versions of the forms by which officers ask. A file that does not fit stops the start, and says where. */
export function readInterviewForms(folder: URL = FOLDER): InterviewForm[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  )
  return files.flatMap((file) => {
    const form = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    if (form?.use !== 'interview') return []
    const refuse = (fault: string) => new Error(`The form ${file} is not as it should be: ${fault}.`)
    if (!Check(InterviewForm, form))
      throw refuse(
        Errors(InterviewForm, form)
          .map((fault) => `${fault.instancePath} ${fault.message}`)
          .join('; '),
      )
    if (file !== `${form.id}/${form.version}.json`) throw refuse(`it calls itself ${form.id} ${form.version}`)
    const fault = faultOf(form)
    if (fault) throw refuse(fault)
    return [form]
  })
}

const forms = readInterviewForms()

export const listInterviewForms = (day: string) => currentForms(forms, day)

export function getInterviewForm(id: string, version: number): InterviewForm {
  const form = forms.find((one) => one.id === id && one.version === version)
  if (!form) throw interviewProblem.formUnknown()
  return form
}

/** What a setting is called, by the newest form that has it. */
export const findSetting = (value: string) =>
  forms
    .toSorted((one, other) => other.version - one.version)
    .flatMap(({ settings }) => settings)
    .find((setting) => setting.value === value)
