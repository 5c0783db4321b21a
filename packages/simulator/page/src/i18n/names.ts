const formatters = new Map<string, Intl.ListFormat>()

/** Names one after the other, as a language lists them. */
export function listNames(names: readonly string[], locale: string): string {
  const made = formatters.get(locale) ?? new Intl.ListFormat(locale, { type: 'conjunction' })
  formatters.set(locale, made)
  return made.format(names)
}
