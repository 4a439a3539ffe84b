// Fills in where this device is, for whoever asks for it: the button appears with this script, and works without the
// rest of the page's.

/** A guess from the network is off by kilometres: then the field is better left to its owner. */
const WORST_METRES = 200
const PATIENCE_MS = 20_000

const line = document.querySelector<HTMLElement>('[data-locate]')
const button = line?.querySelector('button')
const field = document.querySelector<HTMLInputElement>('input[name=position]')
const said = line?.querySelector('span')

if (line && button && field && said && 'geolocation' in navigator) {
  line.hidden = false
  const say = (text: string | undefined) => {
    said.textContent = text ?? ''
    button.disabled = false
  }
  button.addEventListener('click', () => {
    button.disabled = true
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (coords.accuracy > WORST_METRES) return say(line.dataset.failed)
        field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`
        say(line.dataset.done)
      },
      () => say(line.dataset.failed),
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    )
  })
}
