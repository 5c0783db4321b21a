/**
 * A host as addresses have it once they are parsed: without the port that goes without saying, in Punycode, IPv6 in its short
 * form. `undefined` for what is no host.
 *
 * @example trustedHost('Ding.Corp.example:443') // 'ding.corp.example'
 */
export function trustedHost(given: string): string | undefined {
  const address = `${given.endsWith(':80') ? 'http' : 'https'}://${given}`
  return /^[^\s/\\@?#]+$/.test(given) && URL.canParse(address) ? new URL(address).host : undefined
}
