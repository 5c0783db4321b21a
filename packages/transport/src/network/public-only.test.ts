import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { publicLookup } from './public-only.ts'

/** A resolver that gives the next of these answers each time. */
function resolver(...answers: readonly (readonly string[])[]): LookupFunction {
  let turn = 0
  return (_hostname, _options, callback) => {
    const addresses = answers[turn++ % answers.length] ?? []
    callback(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
}

function resolve(lookup: LookupFunction, all = true): Promise<unknown> {
  return new Promise((done, fail) => {
    lookup('files.example', { all }, (error, found) => (error ? fail(error) : done(found)))
  })
}

test('gives the public addresses of a name and leaves out the others', async () => {
  const lookup = publicLookup(resolver(['10.0.0.1', '8.8.8.8', '::1', '2606:4700::1111']))
  expect(await resolve(lookup)).toEqual([
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ])
})

test('gives one public address to who wants one', async () => {
  expect(await resolve(publicLookup(resolver(['127.0.0.1', '8.8.8.8'])), false)).toBe('8.8.8.8')
})

test('a name that changes its meaning between two questions is refused as soon as it turns inwards', async () => {
  const lookup = publicLookup(resolver(['8.8.8.8'], ['127.0.0.1']))
  expect(await resolve(lookup)).toEqual([{ address: '8.8.8.8', family: 4 }])
  await expect(resolve(lookup)).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
})

test('a resolver that gives a single address is understood', async () => {
  const single = (address: string): LookupFunction =>
    publicLookup((_hostname, _options, callback) => callback(null, address, 4))
  expect(await resolve(single('8.8.8.8'))).toEqual([{ address: '8.8.8.8', family: 4 }])
  await expect(resolve(single('192.168.0.1'))).rejects.toThrow(
    'files.example (192.168.0.1) is not on the public internet',
  )
})

test('a name without addresses is refused', async () => {
  await expect(resolve(publicLookup(resolver([])))).rejects.toMatchObject({ code: 'ERR_ADDRESS_NOT_PUBLIC' })
})

test('the error of a resolver stays what it is', async () => {
  const error = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' })
  const lookup = publicLookup((_hostname, _options, callback) => callback(error, []))
  await expect(resolve(lookup)).rejects.toBe(error)
})

test('addresses made up by a proxy on this machine are told from others', async () => {
  await expect(resolve(publicLookup(resolver(['198.18.0.7'])))).rejects.toThrow(/HTTPS_PROXY or `proxy`/)
  await expect(resolve(publicLookup(resolver(['10.0.0.7'])))).rejects.toThrow(/trustedHosts/)
})
