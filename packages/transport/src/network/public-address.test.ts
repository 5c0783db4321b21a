import { expect, test } from 'vitest'
import { isFakeAddress, isPublicAddress } from './public-address.ts'

test.each(['8.8.8.8', '1.1.1.1', '47.97.0.1', '172.32.0.1', '100.128.0.1', '198.20.0.1', '2606:4700::1111', '2408::1'])(
  '%s is public',
  address => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  ['loopback', '127.0.0.1'],
  ['all of loopback', '127.255.255.254'],
  ['unspecified', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['the last private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['metadata of Alibaba Cloud', '100.100.100.200'],
  ['metadata of most clouds', '169.254.169.254'],
  ['metadata of Azure', '168.63.129.16'],
  ['metadata of Oracle Cloud', '192.0.0.192'],
  ['benchmarks', '198.18.0.1'],
  ['documentation', '203.0.113.7'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['loopback', '::1'],
  ['unspecified', '::'],
  ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
  ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
  ['IPv4-mapped, public', '::ffff:8.8.8.8'],
  ['IPv4-compatible', '::127.0.0.1'],
  ['NAT64', '64:ff9b::7f00:1'],
  ['local NAT64', '64:ff9b:1::a00:1'],
  ['6to4 of 127.0.0.1', '2002:7f00:1::'],
  ['Teredo', '2001:0:7f00:1::'],
  ['unique local', 'fd00:ec2::254'],
  ['link-local', 'fe80::1'],
  ['with a zone', 'fe80::1%eth0'],
  ['with a zone, however public', '2606:4700::1111%1'],
  ['multicast', 'ff02::1'],
  ['documentation', '2001:db8::1'],
  ['no address', 'localhost'],
  ['no address', ''],
  ['an odd form, which must not be guessed at', '0x7f.1'],
])('%s (%s) is not public', (_name, address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test('addresses that a proxy on this machine makes up are known as such', () => {
  expect(isFakeAddress('198.18.0.5')).toBe(true)
  expect(isFakeAddress('10.0.0.1')).toBe(false)
})
