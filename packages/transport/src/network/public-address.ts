import { BlockList, isIP } from 'node:net'

/**
 * Networks of IPv4 that are not the public internet (RFC 6890 and IANA's special-purpose registry), and two addresses
 * that are by number but answer with the secrets of the machine that asks.
 */
const V4: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8], // unspecified: reaches this machine
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // carrier-grade NAT; Alibaba Cloud's inner network and its metadata (100.100.100.200)
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's metadata
  ['169.254.0.0', 16], // link-local; the metadata of most clouds (169.254.169.254)
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; Oracle's metadata (192.0.0.192)
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]

/**
 * Of IPv6 only global unicast is public. So loopback, unspecified, unique local, link-local, multicast, IPv4-mapped and
 * NAT64 (64:ff9b::/96, whose last 32 bits are any IPv4 address) need no entries.
 */
const V6_GLOBAL = listOf([['2000::', 3]], 'ipv6')
const V6_SPECIAL = listOf(
  [
    ['2001::', 23], // protocol assignments; Teredo, which has an IPv4 address inside
    ['2001:db8::', 32], // documentation
    ['2002::', 16], // 6to4, which has an IPv4 address inside
    ['3fff::', 20], // documentation
  ],
  'ipv6',
)
// One list a family: in a common one, Node matches IPv4 addresses against IPv6 networks as well.
const V4_SPECIAL = listOf(V4, 'ipv4')

/** Proxies that run on the machine itself (Clash, Surge, …) let every name stand for an address in here ("fake IP"). */
const FAKE_IP = listOf([['198.18.0.0', 15]], 'ipv4')

/** True for an IP address of the public internet, false for any other and for texts that are no address at all. */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) makes an address a local one, and is more than a list can read.
  if (address.includes('%')) return false
  const family = isIP(address)
  if (family === 4) return !V4_SPECIAL.check(address, 'ipv4')
  return family === 6 && V6_GLOBAL.check(address, 'ipv6') && !V6_SPECIAL.check(address, 'ipv6')
}

/** True where a proxy on this machine pretends to be the whole internet. */
export function isFakeAddress(address: string): boolean {
  return isIP(address) === 4 && FAKE_IP.check(address, 'ipv4')
}

function listOf(networks: readonly (readonly [network: string, prefix: number])[], type: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, type)
  return list
}
