import { describe, expect, test } from 'vitest'
import { hostsFrom, redirectRequest, redirectUrl } from './hosts.ts'

const hosts = hostsFrom({ DINGTALK_OPENAPI_ENDPOINT: 'http://127.0.0.1:1234' })
const there = { protocol: 'http:', hostname: '127.0.0.1', host: '127.0.0.1', port: '1234', agent: undefined }

describe('requests', () => {
  const callback = () => {}
  test.each<[string, unknown[], object]>([
    ['a text', ['https://api.dingtalk.com/v1.0/x?a=b', callback], { path: '/v1.0/x?a=b' }],
    [
      'a URL with options',
      [new URL('https://oapi.dingtalk.com/gettoken'), { method: 'POST' }, callback],
      { path: '/gettoken', method: 'POST' },
    ],
    ['options', [{ hostname: 'api.dingtalk.com', port: 443, path: '/x', agent: {} }, callback], { path: '/x' }],
    ['options with host and port in one', [{ host: 'api.dingtalk.com:443', path: '/x' }, callback], { path: '/x' }],
  ])('as %s', (_, args, more) => {
    expect(redirectRequest(hosts, args)).toEqual([{ ...there, ...more }, callback])
  })

  test('to other hosts are left alone', () => {
    for (const args of [
      ['https://example.com'],
      [{ hostname: 'dingtalk.com' }],
      [{}],
      ['https://api.dingtalk.com.evil.com'],
    ]) {
      expect(redirectRequest(hosts, args)).toBeUndefined()
    }
  })
})

test('fetch', () => {
  expect(redirectUrl(hosts, 'https://api.dingtalk.com/v1.0/x?a=b')).toBe('http://127.0.0.1:1234/v1.0/x?a=b')
  expect(redirectUrl(hosts, 'https://example.com/')).toBeUndefined()
  expect(redirectUrl(hosts, 'no address')).toBeUndefined()
})

test('a simulator that speaks TLS is reached by it', () => {
  const secure = hostsFrom({ DINGTALK_OPENAPI_ENDPOINT: 'https://127.0.0.1:1234' })
  expect(redirectUrl(secure, 'https://api.dingtalk.com/x')).toBe('https://127.0.0.1:1234/x')
  expect(redirectRequest(secure, ['https://api.dingtalk.com/x'])).toMatchObject([{ ...there, protocol: 'https:' }])
})

test('the two hosts may go to two places, and not to DingTalk itself', () => {
  const two = hostsFrom({ DINGTALK_OPENAPI_ENDPOINT: 'http://a:1', DINGTALK_OAPI_ENDPOINT: 'http://b:2' })
  expect(redirectUrl(two, 'https://oapi.dingtalk.com/x')).toBe('http://b:2/x')
  expect(hostsFrom({}).get('api.dingtalk.com')?.href).toBe('http://127.0.0.1:7788/')
  for (const endpoint of ['https://api.dingtalk.com', 'http://oapi.dingtalk.com', 'ws://127.0.0.1:1']) {
    expect(() => hostsFrom({ DINGTALK_OPENAPI_ENDPOINT: endpoint })).toThrow('is reached by http')
  }
})
