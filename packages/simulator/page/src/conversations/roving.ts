/** Up and down go through the conversations, of which Tab reaches one alone; from the search down into the list. */
export function focusNext(event: KeyboardEvent, list: HTMLElement | null): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || !list || event.altKey) return
  const links = [...list.querySelectorAll<HTMLElement>('a.conversation')]
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? links.indexOf(focused) : -1
  const isSearch = focused instanceof HTMLInputElement
  if (at < 0 && !isSearch) return
  event.preventDefault()
  links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + step))]?.focus()
}

/** The conversation before or after the open one, as they stand in the list. */
export function openNeighbour(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a.conversation')]
  // The address changes at once, what is drawn a moment later: a second key may come in between.
  const addressed = links.findIndex(link => link.hash === location.hash)
  const at = addressed < 0 ? links.findIndex(link => link.hasAttribute('aria-current')) : addressed
  links[(at + step + links.length) % links.length]?.click()
}
