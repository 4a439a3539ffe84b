import { join } from 'node:path'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, type Plugin } from 'vite'
import { paraglide } from './paraglide.ts'

// The one inline style of a page: the position of SvelteKit's route announcer. Everything else is in files.
const ANNOUNCER_STYLE = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='

/** In the browser, `lib/language.ts` takes the place of the runtime that comes with the messages. */
const oneLanguage: Plugin = {
  name: 'one-language',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  resolveId: (source, importer = '') =>
    source === '#paraglide/runtime.js' ||
    (source === '../runtime.js' && importer.includes('/lib/paraglide/messages/'))
      ? join(import.meta.dirname, 'src/lib/language.ts')
      : null,
}

/** The first script of every page names all styles and pages: without their names it is half a kilobyte shorter. */
const shortNames: Plugin = {
  name: 'short-names',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name === 'client',
  outputOptions: (options) => ({
    ...options,
    assetFileNames: '_app/immutable/assets/[hash:6][extname]',
  }),
}

const SHELL =
  /\/contract\/client\.ts|\/src\/lib\/(paraglide\/messages\/((header|footer|layout|error)_|ui_(optional|phone|status|text)|declare_(edit|for)\.)|(api|format|language|session)\.ts|ui\/(Icon|Button|Field|Notice|ProblemNotice|StatusMark|SiteHeader|SiteFooter|Wordmark)\.svelte)/

export default defineConfig({
  plugins: [
    paraglideVitePlugin(paraglide),
    oneLanguage,
    shortNames,
    sveltekit({
      adapter: adapter(),
      // A page kept for the time without network is shown at other addresses than its own.
      paths: { relative: false },
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', 'wasm-unsafe-eval'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', ANNOUNCER_STYLE],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'manifest-src': ['self'],
          'media-src': ['self', 'blob:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  // Scripts of pages without the framework load what few browsers need (Ed25519) only in those.
  worker: { format: 'es' },
  // Fonts and the barcode reader stay files: a data: URL would need a wider policy and is never cached.
  build: {
    assetsInlineLimit: 0,
    // A list of what each page's scripts import would be in the first script of every page. Styles stay in it: without
    // it they would come too late.
    modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // SvelteKit hands the page's version over before the rest of its runtime is read. In one file with the
                // shell it would come too late: every page would take itself for outdated and reload at each error.
                { name: 'payload', test: /runtime\/client\/payload\.js$/, priority: 1 },
                // What most pages need comes as one file: thirty small ones arrive later on a slow line.
                { name: 'shell', test: SHELL },
              ],
            },
          },
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.LACHAN_API ?? 'http://127.0.0.1:3000' } },
})
