import { readdirSync, readFileSync } from 'node:fs'
import { Check, Errors } from 'typebox/value'
import { Form } from './schema.ts'

const FOLDER = new URL('../../../../data/forms/', import.meta.url)

type Asked = Pick<Form, 'validFrom' | 'validTo' | 'screens' | 'questions'>

/** What the shape alone cannot say; undefined when all is well. */
export function faultOf(form: Asked): string | undefined {
  const screens = new Set(form.screens.map(({ key }) => key))
  const before = new Map<string, Form['questions'][number]>()
  if (form.validTo !== null && form.validTo <= form.validFrom) return 'it ends before it begins'
  if (screens.size < form.screens.length) return 'two screens have the same key'
  for (const question of form.questions) {
    const { key, screen, kind, choices, showIf, signal } = question
    const values = choices?.map(({ value }) => value) ?? []
    if (before.has(key)) return `two questions are called ${key}`
    if (!screens.has(screen)) return `${key} is on the unknown screen ${screen}`
    if (values.length > 0 !== (kind === 'choice' || kind === 'choices'))
      return `${key} needs choices if, and only if, it is a choice`
    if (new Set(values).size < values.length) return `${key} offers a choice twice`
    if (signal && kind !== 'yesNo') return `${key} cannot raise a signal: only a yes or a choice can`
    if (question.max !== undefined && kind !== 'text') return `${key} is no text and has no length`
    if (showIf) {
      const other = before.get(showIf.key)
      if (!other) return `${key} depends on ${showIf.key}, which is not asked before it`
      const possible: (string | boolean)[] =
        other.kind === 'yesNo' ? [true, false] : (other.choices ?? []).map(({ value }) => value)
      if (!possible.includes(showIf.equals))
        return `${key} waits for an answer that ${showIf.key} cannot have`
    }
    before.set(key, question)
  }
}

/** All versions of all declarations. A file that does not fit stops the start, and says where. */
export function readForms(folder: URL = FOLDER): Form[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(new URL(`${name}/`, folder)).map((file) => ({
        id: name,
        file,
        url: new URL(`${name}/${file}`, folder),
      })),
    )
  return files.flatMap(({ id, file, url }) => {
    const refuse = (fault: string) => new Error(`The form ${url.pathname} is not as it should be: ${fault}.`)
    let form: unknown
    try {
      form = JSON.parse(readFileSync(url, 'utf8'))
    } catch (error) {
      throw refuse((error as Error).message)
    }
    // An officer asks these: the module that traces reads them.
    if ((form as { use?: unknown } | null)?.use === 'interview') return []
    if (!Check(Form, form)) {
      const faults = Errors(Form, form).map(
        ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
      )
      throw refuse(faults.slice(0, 5).join('; '))
    }
    if (form.id !== id || file !== `${form.version}.json`)
      throw refuse(`it calls itself ${form.id} ${form.version}`)
    const fault = faultOf(form as Form)
    if (fault) throw refuse(fault)
    return [form as Form]
  })
}

export const isInForce = ({ validFrom, validTo }: Pick<Form, 'validFrom' | 'validTo'>, day: string) =>
  validFrom <= day && (validTo === null || validTo > day)

/** The newest version of each form that is in use on a day. */
export function currentForms<F extends Pick<Form, 'id' | 'version' | 'validFrom' | 'validTo'>>(
  forms: readonly F[],
  day: string,
): F[] {
  const inForce = forms.filter((form) => isInForce(form, day)).sort((a, b) => a.version - b.version)
  return [...new Map(inForce.map((form) => [form.id, form])).values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
