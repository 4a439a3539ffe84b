import { getLocale } from '#paraglide/runtime.js'

/** One digit after the comma; a dash where there is nothing to say. */
export const figure = (value: number | null) =>
  value === null ? '–' : value.toLocaleString(getLocale(), { maximumFractionDigits: 1 })

export const share = (value: number | null) =>
  value === null ? '–' : value.toLocaleString(getLocale(), { style: 'percent', maximumFractionDigits: 1 })
