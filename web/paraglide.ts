// The languages of the screens. Run by itself, this compiles the messages: `node paraglide.ts` (the build does it too).
import { type CompilerOptions, compile } from '@inlang/paraglide-js'

export const paraglide: CompilerOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  strategy: ['cookie', 'baseLocale'],
  cookieName: 'lang',
  isServer: 'import.meta.env.SSR',
}

if (import.meta.main) {
  process.chdir(import.meta.dirname)
  await compile(paraglide)
}
