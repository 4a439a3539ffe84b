/** A time in which nobody is let in, by order of a zone. */
export interface Shut {
  from: string
  until: string
  /** What to say then. */
  instruction: string
}

/** What says that nobody is let in at a moment: a gate without network knows it too. */
export const findShut = (times: readonly Shut[] | undefined, at: string): Shut | undefined =>
  times?.find(({ from, until }) => Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until))
