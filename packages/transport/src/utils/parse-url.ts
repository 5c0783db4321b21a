/**
 * Parses an address, relative to `base` if that is given; `undefined` for what is none. (`URL.canParse` first would parse each twice, which takes as long as
 * all the rest of a short request.)
 */
export function parseUrl(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base)
  } catch {
    return undefined
  }
}
