const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input, select, textarea, dialog, [contenteditable]') !== null

/** `/` goes to the search of the page, `j` and `k` down and up the rows; Enter opens the one in focus. */
export function onDeskKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === '/') {
    const search = document.querySelector<HTMLInputElement>('main input[type="search"]')
    if (!search) return
    event.preventDefault()
    search.focus()
    search.select()
  } else if (event.key === 'j' || event.key === 'k') {
    const rows = [...document.querySelectorAll<HTMLAnchorElement>('main a.record')]
    const at = rows.indexOf(document.activeElement as HTMLAnchorElement)
    const next = event.key === 'j' ? at + 1 : Math.max(0, at - 1)
    rows[Math.min(rows.length - 1, next)]?.focus()
  }
}
