import { describe, expect, test } from 'vitest'
import { redactValue } from './redact-value.ts'

describe('a copy for the log', () => {
  test('masks what stands under a secret name and what texts hold, at any depth', () => {
    const value = {
      text: 'hi',
      sessionWebhook: 'https://h/5ecr37',
      sessionWebhookExpiredTime: 5,
      list: [
        { accessToken: '5ecr37', ticket: 5637, content: '{"session":"5ecr37"}', url: 'https://h/?session=5ecr37' },
      ],
      session: { count: 1 },
    }
    expect(redactValue(value)).toEqual({
      text: 'hi',
      sessionWebhook: '***',
      sessionWebhookExpiredTime: 5,
      list: [{ accessToken: '***', ticket: '***', content: '{"session":"***"}', url: 'https://h/?session=***' }],
      session: { count: 1 },
    })
  })

  test('shows what JSON shows, and what JSON hides or refuses', () => {
    const one = { a: 1 }
    const loop: { self?: unknown } = {}
    loop.self = loop
    const value = {
      date: new Date(0),
      big: 1n,
      bytes: Buffer.from('abc'),
      map: new Map([['token', '5ecr37']]),
      set: new Set([1]),
      json: { toJSON: () => ({ secret: '5ecr37' }) },
      loop,
      twice: [one, one],
    }
    expect(redactValue(value)).toEqual({
      date: '1970-01-01T00:00:00.000Z',
      big: '1',
      bytes: '[3 bytes]',
      map: { token: '***' },
      set: [1],
      json: { secret: '***' },
      loop: { self: '[Circular]' },
      twice: [{ a: 1 }, { a: 1 }],
    })
  })

  test('has what an error says and where, and what it carries', () => {
    const error = Object.assign(new TypeError('GET https://h/?session=5ecr37'), { config: { password: '5ecr37' } })
    expect(redactValue({ error })).toEqual({
      error: {
        name: 'TypeError',
        message: 'GET https://h/?session=***',
        stack: expect.stringMatching(/^TypeError: GET https:\/\/h\/\?session=\*\*\*\n +at /),
        config: { password: '***' },
      },
    })
  })

  test('is made of anything: it names what cannot be read, and ends for what has no end', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const throwing = {
      get a(): never {
        throw new Error('no')
      },
    }
    let deep: unknown = 'x'
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(redactValue([proxy, throwing])).toEqual(['[unreadable]', '[unreadable]'])
    expect(JSON.stringify(redactValue(deep))).toContain('[…]')
  })
})
