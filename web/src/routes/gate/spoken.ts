import type { DeclarationForm, Words } from '#lib/shapes.ts'

/** "Bạn" is who reads a form alone; whom a guard asks aloud is spoken to as older people are. */
const aloud = (words: Words): Words => ({
  ...words,
  vi: words.vi
    .normalize('NFC')
    .replace(/\b([Bb])ạn\b(?! bè)/g, (_, letter) => (letter === 'B' ? 'Anh/Chị' : 'anh/chị')),
})

/** A form as a guard reads it to somebody. */
export const spoken = (form: DeclarationForm): DeclarationForm => ({
  ...form,
  questions: form.questions.map((question) => ({
    ...question,
    label: aloud(question.label),
    ...(question.help ? { help: aloud(question.help) } : {}),
  })),
})
