/**
 * What the messages need of Paraglide's runtime in the browser. There a page has one language, that of its document;
 * choosing it from cookies is the server's part, and its code stays there. Nothing imports this file by its name: the
 * build puts it in the place of that runtime (vite.config.ts).
 */
export const getLocale = () => (document.documentElement.lang === 'en' ? 'en' : 'vi')

/** A message asks for it: no language was fixed when the app was built. */
export const experimentalStaticLocale = undefined
