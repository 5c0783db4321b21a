const NONE: readonly string[] = []

/**
 * Normalises ids. Drops blank and missing ones, which the platform would refuse or show as `@undefined` (people outside
 * the organisation have no userId); takes numbers, as some databases give them; trims; and removes duplicates, so that
 * nobody gets a message twice.
 */
export function givenIds(ids: string | readonly string[] | undefined): readonly string[] {
  if (ids === undefined) return NONE
  const given: readonly unknown[] = [ids].flat()
  const texts = given.map(id => (typeof id === 'number' ? String(id) : typeof id === 'string' ? id.trim() : ''))
  return [...new Set(texts)].filter(id => id !== '')
}
