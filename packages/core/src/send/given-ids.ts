/**
 * The ids that are given, by programs without types as well: people outside the organisation have no userId, and the
 * platform would refuse a blank one, or show `@undefined`.
 */
export function givenIds(ids: string | readonly string[] | undefined): readonly string[] {
  return [ids].flat().filter((id): id is string => typeof id === 'string' && id.trim() !== '')
}
