import type { Visit } from './shapes.ts'

/** Nobody recorded an exit, and the estimated one is still to come. */
export const isInside = ({ estimated, leftAt }: Pick<Visit, 'estimated' | 'leftAt'>) =>
  estimated && Date.parse(leftAt) > Date.now()
