import { expect, test } from 'vitest'
import { trustedHost } from './trusted-host.ts'

test.each([
  'https://ding.corp.example:443/x',
  'http://ding.corp.example:80/x',
  'https://ding.corp.example:8443/x',
  'https://[0:0::1]:443/x',
  'https://钉钉.example/x',
  'https://10.0.0.7:8080/x',
])('the host of %s is that of the address, however it is written', address => {
  const written = address.split('/')[2] ?? ''
  expect(trustedHost(written)).toBe(new URL(address).host)
  expect(trustedHost(written.toUpperCase())).toBe(new URL(address).host)
})

test.each(['https://ding.corp.example', 'me@ding.corp.example', 'a b', 'a\\b', 'a:x', 'a:99999', '[::1', ''])(
  '%j is no host',
  given => {
    expect(trustedHost(given)).toBeUndefined()
  },
)
