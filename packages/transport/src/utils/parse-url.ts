/**
 * Parses an address; `undefined` for what is none. (`URL.canParse` first would parse each twice, which takes as long as
 * all the rest of a short request.)
 */
export function parseUrl(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}
