/**
 * Normalises a host as parsed URLs have it: without the default port, in Punycode, IPv6 in short form. `undefined` if
 * it is not a host.
 *
 * @example trustedHost('Ding.Corp.example:443') // 'ding.corp.example'
 */
export function trustedHost(given: string): string | undefined {
  const address = `${given.endsWith(':80') ? 'http' : 'https'}://${given}`
  return /^[^\s/\\@?#]+$/.test(given) && URL.canParse(address) ? new URL(address).host : undefined
}
