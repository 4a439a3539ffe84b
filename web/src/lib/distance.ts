// The only script of the page of a poster: tells how far this phone is from there at least, so that a photograph of the
// poster is noticed far away. Only for who has let this site know where they are already: nobody is asked, and where
// they are stays on the phone.

type Point = { lat: number; lon: number }

const METRES_A_DEGREE = 111_195
const PATIENCE_MS = 10_000

/** Along the surface, as if it were flat: exact enough to tell a street from a town. */
function metresBetween({ lat, lon }: Point, { latitude, longitude }: GeolocationCoordinates) {
  const east = (longitude - lon) * Math.cos((lat * Math.PI) / 180)
  return METRES_A_DEGREE * Math.hypot(latitude - lat, east)
}

const fields = document.querySelectorAll<HTMLInputElement>('input[name=metresAway]')
const { lat, lon } = fields[0]?.dataset ?? {}
const { state } = (await navigator.permissions?.query({ name: 'geolocation' }).catch(() => undefined)) ?? {}
if (lat && lon && state === 'granted')
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const metres = metresBetween({ lat: Number(lat), lon: Number(lon) }, coords) - coords.accuracy
      for (const field of fields) field.value = String(Math.max(0, Math.floor(metres)))
    },
    () => {},
    { enableHighAccuracy: true, maximumAge: 60_000, timeout: PATIENCE_MS },
  )
