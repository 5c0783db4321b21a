/**
 * Puts other nodes into an element, but leaves those at its beginning that would be the same: a text that grows keeps what
 * is selected in it, and how far its tables and code are scrolled.
 */
export function replaceChanged(element: Element, next: DocumentFragment): void {
  const [before, after] = [[...element.childNodes], [...next.childNodes]]
  const differs = before.findIndex((node, index) => !node.isEqualNode(after[index] ?? null))
  const same = differs < 0 ? before.length : differs
  for (const node of before.slice(same)) node.remove()
  element.append(...after.slice(same))
}
