// The only script of one's own code: it renews itself while its page is open. It takes the new one from a page that
// shows nothing else, so that it needs neither words nor drawing nor the framework.

const LOOK_MS = 5_000

let asking = false

async function look() {
  const shown = document.querySelector<HTMLElement>('figure[data-lasts]')
  const source = shown?.querySelector('a')?.href
  if (!shown || !source) return
  const { dataset } = shown
  dataset.since ??= String(Date.now())
  const lasts = Number(dataset.lasts)
  const left = lasts - (Date.now() - Number(dataset.since))
  shown.toggleAttribute('data-over', left <= 0)
  // Renewed while it can still be used, so that nobody is stopped at a door.
  if (document.hidden || left > lasts / 2 || asking) return
  asking = true
  try {
    const page = new DOMParser().parseFromString(await (await fetch(source)).text(), 'text/html')
    const fresh = page.querySelector('figure[data-lasts]')
    // Signed out meanwhile, or no longer on this phone: then there is none, and the old one runs out.
    if (fresh) shown.replaceWith(document.adoptNode(fresh))
  } catch {
    // No network just now: asked again at the next look.
  }
  asking = false
}

setInterval(look, LOOK_MS)
document.addEventListener('visibilitychange', look)
look()
