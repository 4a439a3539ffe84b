/** Holds what the architecture test cannot see: cycles, and that screens know the API only by its contract. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'web-knows-the-contract-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|bench|e2e|data)/' },
    },
    {
      name: 'the-contract-knows-nobody',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(server|web|bench|e2e)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.svelte-kit|/paraglide/|web/build)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
