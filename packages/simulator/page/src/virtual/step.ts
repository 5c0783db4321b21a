/** The number of items that Page Up and Page Down move. */
const page = 8

/** The index to which a key leads in a list; it may lead past either end. Undefined for other keys. */
export function stepOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return at - 1
    case 'ArrowDown':
      return at + 1
    case 'PageUp':
      return at - page
    case 'PageDown':
      return at + page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
