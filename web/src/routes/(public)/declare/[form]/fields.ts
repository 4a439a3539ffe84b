import type { DeclarationForm } from '#lib/shapes.ts'

/** The larger fields: a form brings only those that its questions need. */
export async function loadFields({ questions }: DeclarationForm) {
  const asks = (kind: string) => questions.some((question) => question.kind === kind)
  const [AreaPicker, DateParts, Select] = await Promise.all([
    asks('area') ? import('#lib/ui/AreaPicker.svelte').then((file) => file.default) : null,
    asks('date') ? import('#lib/ui/DateParts.svelte').then((file) => file.default) : null,
    asks('country') ? import('../../places/Select.svelte').then((file) => file.default) : null,
  ])
  return { AreaPicker, DateParts, Select }
}

export type Fields = Awaited<ReturnType<typeof loadFields>>
