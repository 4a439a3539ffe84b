/** A time-ordered uuid (version 7). `crypto.randomUUID` is missing where a gate runs without https. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const time = now.toString(16).padStart(12, '0')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** When an id was made, by the clock of whoever made it. */
export const madeAt = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
