type Point = { lat: number; lon: number }

const METRES_A_DEGREE = 111_195
const PATIENCE_MS = 10_000

/**
 * How far this phone is from there at least, so that a photograph of a poster is noticed far away. Only for who has let
 * this site know where they are already: nobody is asked, and where they are stays on the phone.
 */
export async function metresFrom(there: Point): Promise<number | undefined> {
  const { state } = (await navigator.permissions?.query({ name: 'geolocation' }).catch(() => undefined)) ?? {}
  if (state !== 'granted') return undefined
  return new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(Math.max(0, Math.floor(metresBetween(there, coords) - coords.accuracy))),
      () => resolve(undefined),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: PATIENCE_MS },
    ),
  )
}

/** Along the surface, as if it were flat: exact enough to tell a street from a town. */
function metresBetween({ lat, lon }: Point, { latitude, longitude }: GeolocationCoordinates) {
  const east = (longitude - lon) * Math.cos((lat * Math.PI) / 180)
  return METRES_A_DEGREE * Math.hypot(latitude - lat, east)
}
