import type { Place } from '#lib/shapes.ts'

/** `12.2388, 109.1967` as maps give it, also with decimal commas; null: left empty; undefined: no position. */
export function readPosition(text: string): { lat: number; lon: number } | null | undefined {
  if (text === '') return null
  const [, lat, lon] =
    /^(-?\d+\.\d+)\s*[,;\s]\s*(-?\d+\.\d+)$/.exec(text) ??
    /^(-?\d+,\d+)\s*[;\s]\s*(-?\d+,\d+)$/.exec(text) ??
    []
  const [north, east] = [lat, lon].map((degrees) => Number(degrees?.replace(',', '.')))
  return Math.abs(north!) <= 90 && Math.abs(east!) <= 180 ? { lat: north!, lon: east! } : undefined
}

export const positionText = ({ lat, lon }: Pick<Place, 'lat' | 'lon'>) =>
  lat === null ? '' : `${lat}, ${lon}`
