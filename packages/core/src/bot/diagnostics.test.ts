import { tracingChannel } from 'node:diagnostics_channel'
import { afterEach, describe, expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { testBot } from '../testing/index.ts'
import { createBot } from './bot.ts'

const stops: (() => void)[] = []

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** What a channel publishes, as `event: what`. */
function listenTo(name: string): { readonly heard: string[]; readonly messages: unknown[] } {
  const heard: string[] = []
  const messages: unknown[] = []
  const channel = tracingChannel(name)
  const note =
    (what: string) =>
    (data: object): void => {
      heard.push(what)
      messages.push(data)
    }
  const listeners = {
    start: note('start'),
    end: note('end'),
    asyncStart: note('asyncStart'),
    asyncEnd: note('asyncEnd'),
    error: note('error'),
  }
  channel.subscribe(listeners)
  stops.push(() => channel.unsubscribe(listeners))
  return { heard, messages }
}

describe('dingware.update', () => {
  test('traces each run of the chain, with its context', async () => {
    const { heard, messages } = listenTo('dingware.update')
    let handled: unknown
    const bot = createBot()
    bot.use(ctx => {
      handled = ctx
    })
    await bot.handle(message())
    expect(heard).toEqual(['start', 'end', 'asyncStart', 'asyncEnd'])
    expect(messages[0]).toMatchObject({ ctx: handled })
  })

  test('tells what a handler threw', async () => {
    const { heard, messages } = listenTo('dingware.update')
    const bot = createBot().catch(() => {})
    const boom = new Error('boom')
    bot.use(() => Promise.reject(boom))
    await bot.handle(message())
    expect(heard).toContain('error')
    expect(messages.at(-1)).toMatchObject({ error: boom })
  })
})

describe('dingware.api', () => {
  test('traces each call of the platform, without query, body and answer', async () => {
    const { heard, messages } = listenTo('dingware.api')
    const bot = createBot()
    const { mock } = testBot(bot)
    mock('/v1.0/x', () => ({ accessToken: 'very-secret' }))
    const call = { method: 'POST', path: '/v1.0/x', query: { a: 'very-secret' }, body: { b: 'very-secret' } } as const
    expect(await bot.api.call(call)).toEqual({ accessToken: 'very-secret' })
    expect(heard).toEqual(['start', 'end', 'asyncStart', 'asyncEnd'])
    expect(messages[0]).toMatchObject({ method: 'POST', base: 'api', path: '/v1.0/x' })
    expect(JSON.stringify(messages)).not.toContain('very-secret')
  })

  test('traces a reply without the session of its webhook', async () => {
    const { messages } = listenTo('dingware.api')
    const bot = createBot()
    const { calls } = testBot(bot)
    const path = 'https://oapi.dingtalk.com/robot/sendBySession?session=very-secret'
    await bot.api.call({ method: 'POST', base: 'webhook', path, body: {} })
    expect(calls).toHaveLength(1)
    expect(messages[0]).toMatchObject({ base: 'webhook', path: 'https://oapi.dingtalk.com/robot/sendBySession' })
    expect(JSON.stringify(messages)).not.toContain('very-secret')
  })

  test('tells why a call failed', async () => {
    const { heard } = listenTo('dingware.api')
    const bot = createBot()
    testBot(bot)
    await expect(bot.api.call({ method: 'GET', path: '/v1.0/unknown' })).rejects.toThrow('/v1.0/unknown')
    expect(heard).toContain('error')
  })
})
