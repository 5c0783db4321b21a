import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { buildConnector } from 'undici'
import { NetworkError } from '../errors/errors.ts'
import { isLoopback } from './proxy.ts'
import { isFakeAddress, isPublicAddress } from './public-address.ts'

/**
 * Range of the addresses that connections may go to: `any` (default), or `public` ones of the internet only. That is
 * checked when a connection is made; through a proxy, which looks names up itself, only for hosts that are written as
 * addresses.
 */
export type Reach = 'any' | 'public'

/**
 * Looks names up and gives only their public addresses. The connection is made to what this gives, so that a name which
 * stands for another address a moment later (DNS rebinding) gains nothing.
 */
export function publicLookup(lookup: LookupFunction = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      // A lookup that overlooks `all` gives one address.
      const addresses: LookupAddress[] = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const open = addresses.filter(({ address }) => isPublicAddress(address))
      const [first] = open
      if (!first) {
        const all = addresses.map(({ address }) => address)
        return callback(refusal(hostname, all), [])
      }
      if (options.all) callback(null, open)
      else callback(null, first.address, first.family)
    })
  }
}

/**
 * Keeps a connector from hosts that are written as addresses, which are never looked up.
 *
 * Hint: it is all that can be checked through a proxy, which looks names up itself.
 */
export function refuseLocalHosts(connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    const isRefused = isIP(host) === 0 ? isLoopback(host) : !isPublicAddress(host)
    if (isRefused) callback(refusal(host, isIP(host) === 0 ? [] : [host]), null)
    else connect(target, callback)
  }
}

function refusal(host: string, addresses: readonly string[]): NetworkError {
  const meaning = addresses.length === 0 || addresses.includes(host) ? '' : ` (${addresses.slice(0, 3).join(', ')})`
  const advice = addresses.some(isFakeAddress)
    ? 'Such an address comes from a proxy on this machine that answers for every name: tell of it by HTTPS_PROXY or `proxy`.'
    : 'If this host is meant, name it in `trustedHosts`.'
  const message = `${host}${meaning} is not on the public internet, and files are fetched from nowhere else: their addresses come from elsewhere and must not reach into the network of the bot. ${advice}`
  return new NetworkError(message, { code: 'ERR_ADDRESS_NOT_PUBLIC' })
}
