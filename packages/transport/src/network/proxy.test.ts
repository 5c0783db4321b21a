import { describe, expect, test } from 'vitest'
import { stubProxyEnvironment } from '../testing/proxy-environment.ts'
import { createProxyFor, isLoopback } from './proxy.ts'

describe('isLoopback', () => {
  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'bot.localhost',
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '[::1]',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
  ])('counts %s', host => {
    expect(isLoopback(host)).toBe(true)
  })

  test.each([
    'api.dingtalk.com',
    'localhost.dingtalk.com',
    'notlocalhost',
    '127.0.0.1.dingtalk.com',
    '128.0.0.1',
    '10.0.0.1',
    '[::2]',
    '::ffff:10.0.0.1',
    '',
  ])('does not count "%s"', host => {
    expect(isLoopback(host)).toBe(false)
  })
})

describe('the proxy given by the option', () => {
  test.each(['https://api.dingtalk.com', 'http://127.0.0.1:8080', 'wss://stream.dingtalk.com', 'ws://[::1]:1'])(
    'leads to %s, whatever the environment says',
    address => {
      stubProxyEnvironment({ HTTPS_PROXY: 'http://other:1', NO_PROXY: '*' })
      expect(createProxyFor('http://proxy:3128')(new URL(address))?.href).toBe('http://proxy:3128/')
    },
  )

  test.each([false, ''] as const)('is none for %j, whatever the environment says', proxy => {
    stubProxyEnvironment({ HTTPS_PROXY: 'http://other:1' })
    expect(createProxyFor(proxy)(new URL('https://api.dingtalk.com'))).toBeUndefined()
  })

  test.each(['proxy:3128', 'user:hunter22@proxy:3128', 'ftp://user:hunter22@proxy', 'http://', '//proxy', 'nonsense'])(
    'is refused at once when it is no address, as %s is',
    proxy => {
      const create = (): unknown => createProxyFor(proxy)
      expect(create).toThrow(RangeError)
      expect(create).toThrow(/^`proxy` is no address of an HTTP proxy: it must look like http:\/\/host:port/)
      expect(create).not.toThrow(/hunter22/)
    },
  )

  test('is refused with a hint when it speaks SOCKS', () => {
    expect(() => createProxyFor('socks5://127.0.0.1:7890')).toThrow(/SOCKS is not spoken/)
  })
})

describe('the proxy of the environment', () => {
  const HTTPS = { HTTPS_PROXY: 'http://secure:1' }
  const HTTP = { HTTP_PROXY: 'http://plain:2' }
  const SECURE = 'http://secure:1/'
  const PLAIN = 'http://plain:2/'

  test.each<[address: string, via: string | undefined, environment: Record<string, string>]>([
    ['https://api.dingtalk.com', SECURE, { ...HTTPS, ...HTTP }],
    ['wss://stream.dingtalk.com:443/connect', SECURE, { ...HTTPS, ...HTTP }],
    ['http://api.dingtalk.com', PLAIN, { ...HTTPS, ...HTTP }],
    ['ws://stream.dingtalk.com/connect', PLAIN, { ...HTTPS, ...HTTP }],
    ['https://api.dingtalk.com', undefined, HTTP],
    ['https://api.dingtalk.com', SECURE, { https_proxy: 'http://secure:1' }],
    ['https://api.dingtalk.com', SECURE, { ALL_PROXY: 'http://secure:1' }],
    ['https://api.dingtalk.com', undefined, {}],
    ['https://api.dingtalk.com', undefined, { HTTPS_PROXY: '' }],
  ])('leads to %s by %s when the environment is %j', (address, via, environment) => {
    stubProxyEnvironment(environment)
    expect(createProxyFor(undefined)(new URL(address))?.href).toBe(via)
  })

  test.each<[address: string, noProxy: string, isProxied: boolean]>([
    ['https://api.dingtalk.com', '*', false],
    ['https://api.dingtalk.com', 'api.dingtalk.com', false],
    ['wss://api.dingtalk.com', 'api.dingtalk.com', false],
    ['https://api.dingtalk.com', 'example.com, .dingtalk.com', false],
    ['https://api.dingtalk.com', '*.dingtalk.com', false],
    ['https://api.dingtalk.com', 'api.dingtalk.com:443', false],
    ['https://api.dingtalk.com', 'api.dingtalk.com:8443', true],
    ['https://api.dingtalk.com:8443', 'api.dingtalk.com:8443', false],
    ['https://api.dingtalk.com', 'dingtalk.com', true],
    ['https://api.dingtalk.com', 'oapi.dingtalk.com', true],
    ['https://[2001:db8::1]', '[2001:db8::1]', false],
  ])('for %s when NO_PROXY is %j: %j', (address, noProxy, isProxied) => {
    stubProxyEnvironment({ ...HTTPS, NO_PROXY: noProxy })
    expect(createProxyFor(undefined)(new URL(address)) !== undefined).toBe(isProxied)
  })

  test.each(['https://localhost:8443', 'wss://127.0.0.1', 'https://[::1]:8443', 'https://bot.localhost'])(
    'is not used for loopback, as for %s',
    address => {
      stubProxyEnvironment(HTTPS)
      expect(createProxyFor(undefined)(new URL(address))).toBeUndefined()
    },
  )

  test('is plain when it is written without a scheme, as for curl', () => {
    stubProxyEnvironment({ HTTPS_PROXY: 'proxy:3128' })
    expect(createProxyFor(undefined)(new URL('https://api.dingtalk.com'))?.href).toBe('http://proxy:3128/')
  })

  test('may itself be reached over TLS', () => {
    stubProxyEnvironment({ HTTPS_PROXY: 'https://proxy:3129' })
    expect(createProxyFor(undefined)(new URL('https://api.dingtalk.com'))?.href).toBe('https://proxy:3129/')
  })

  test('is refused when it speaks SOCKS', () => {
    stubProxyEnvironment({ ALL_PROXY: 'socks5://127.0.0.1:7890' })
    expect(() => createProxyFor(undefined)(new URL('https://api.dingtalk.com'))).toThrow(
      /The proxy of the environment is no address of an HTTP proxy.*SOCKS/,
    )
  })
})
