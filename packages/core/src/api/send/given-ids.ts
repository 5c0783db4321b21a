/**
 * The ids that are given, by programs without types as well: people outside the organisation have no userId, and the
 * platform would refuse a blank one, or show `@undefined`. Databases give some as numbers, forms with blanks around them,
 * and who is named twice gets one message.
 */
export function givenIds(ids: string | readonly string[] | undefined): readonly string[] {
  const given: readonly unknown[] = [ids].flat()
  const texts = given.map(id => (typeof id === 'number' ? String(id) : typeof id === 'string' ? id.trim() : ''))
  return [...new Set(texts)].filter(id => id !== '')
}
