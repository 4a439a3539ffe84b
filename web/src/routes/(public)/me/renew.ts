// The only script of /me: its code renews itself while the page is open. It takes the new one from the page itself, so
// that it needs neither words nor drawing nor the framework.

/** A code is renewed while it can still be used, so that nobody is stopped at a door. */
const AHEAD_MS = 3 * 60_000
const LOOK_MS = 15_000

let asking = false

async function look() {
  const shown = document.querySelector<HTMLElement>('figure[data-lasts]')
  const reload = shown?.querySelector('a')?.href
  if (!shown || !reload) return
  shown.dataset.since ??= String(Date.now())
  const left = Number(shown.dataset.lasts) - (Date.now() - Number(shown.dataset.since))
  shown.toggleAttribute('data-over', left <= 0)
  if (document.hidden || left > AHEAD_MS || asking) return
  asking = true
  try {
    const page = new DOMParser().parseFromString(await (await fetch(reload)).text(), 'text/html')
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
