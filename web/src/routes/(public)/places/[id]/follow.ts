// The only script of a place's page: the counts of the day follow what happens at the door. They are taken from the page
// itself, as the server draws it.

const REFRESH_MS = 20_000

async function refresh() {
  const shown = document.querySelector<HTMLElement>('[data-follow]')
  if (document.hidden || !shown?.dataset.follow) return
  try {
    const answer = await fetch(shown.dataset.follow)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('[data-follow]')
    // Whoever is reading in it, with the keyboard or in the list of people, goes on reading.
    if (!fresh || shown.contains(document.activeElement)) return
    const open = shown.querySelector('details')?.open ?? false
    fresh.querySelector('details')?.toggleAttribute('open', open)
    shown.replaceWith(document.adoptNode(fresh))
  } catch {
    // No network just now: asked again the next time.
  }
}

setInterval(refresh, REFRESH_MS)
