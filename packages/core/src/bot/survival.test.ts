import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import { turn } from '../../fixtures/turn.ts'
import { definePlugin, type Plugin } from '../composer/plugin/plugin.ts'
import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { logger as logUpdates } from '../middleware/logger/logger.ts'
import { createBot } from './bot.ts'

// The test runner fails a test run in which an error is unhandled: that is half of each of these tests.

const unreadable = {
  toString() {
    throw new Error('no text for you')
  },
}
const evilError = Object.defineProperty(new Error(), 'message', {
  get() {
    throw new Error('no message for you')
  },
})
const thrown: readonly (readonly [string, unknown])[] = [
  ['an Error', new Error('boom')],
  ['undefined', undefined],
  ['null', null],
  ['a text', 'boom'],
  ['a Symbol', Symbol('boom')],
  ['an object that has no text', unreadable],
  ['an object without a prototype', Object.create(null)],
  ['a frozen object', Object.freeze({ a: 1 })],
  ['a frozen Error', Object.freeze(new Error('boom'))],
  ['an Error whose message cannot be read', evilError],
  ['a revoked proxy', revoked()],
]

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe.each(thrown)('a handler that throws %s', (_what, value) => {
  const ways: readonly (readonly [string, (ctx: Context) => unknown])[] = [
    [
      'at once',
      () => {
        throw value
      },
    ],
    ['later', () => turn().then(() => Promise.reject(value))],
    ['in waitUntil', ctx => ctx.waitUntil(Promise.reject(value))],
  ]

  test.each(ways)('%s: bot.catch is told, and the bot runs on', async (_when, fail) => {
    const caught: BotError[] = []
    const bot = createBot().catch(error => void caught.push(error))
    let runs = 0
    bot.use(ctx => {
      if (++runs === 1) return fail(ctx)
    })
    await bot.handle(message())
    await bot.handle(message())
    await bot.stop()
    expect(runs).toBe(2)
    expect(caught).toHaveLength(1)
    expect(caught[0]).toBeInstanceOf(BotError)
    expect(caught[0]?.cause).toBe(value)
    expect(caught[0]?.ctx.text).toBe('hi')
  })

  test('without bot.catch it is logged once, with kind and id', async () => {
    const logger = recordingLogger()
    const bot = createBot({ logger })
    bot.use(() => {
      throw value
    })
    const update = message()
    await bot.handle(update)
    expect(logger.complaints).toEqual([expect.stringContaining(`"deliveryId":"${update.deliveryId}"`)])
    expect(logger.complaints[0]).toContain('"kind":"chatbot"')
  })

  test('in bot.catch: both errors are logged, and the bot runs on', async () => {
    const logger = recordingLogger()
    const bot = createBot({ logger }).catch(() => {
      throw value
    })
    bot.use(() => Promise.reject(new Error('the first')))
    await bot.handle(message())
    await bot.handle(message())
    expect(logger.complaints).toHaveLength(2)
    expect(logger.complaints[0]).toContain('the first')
  })

  test('in an error boundary: bot.catch is told, and the bot runs on', async () => {
    const caught: unknown[] = []
    const bot = createBot().catch(error => void caught.push(error.cause))
    bot.errorBoundary(
      () => {
        throw value
      },
      () => Promise.reject(new Error('the first')),
    )
    await bot.handle(message())
    await bot.handle(message())
    expect(caught.map(cause => Object.is(cause, value))).toEqual([true, true])
  })
})

describe('what else may throw', () => {
  const failing = (): never => {
    throw new Error('no disk')
  }
  const rejecting = (): Promise<never> => Promise.reject(new Error('no disk'))

  test.each([
    ['throws', failing],
    ['rejects', rejecting],
  ])('a logger that %s harms nothing', async (_how, log) => {
    const bot = createBot({ logger: { debug: log, info: log, warn: log, error: log } })
    bot.use(function careless(_ctx, next) {
      void next()
    })
    bot.use(async () => {
      await turn()
      throw new Error('boom')
    })
    expect(await bot.handle(message())).toMatchObject({ code: 200 })
    expect(await bot.handle(message())).toMatchObject({ code: 200 })
    await turn()
    await bot.stop()
  })

  test.each([
    ['throws', failing],
    ['rejects', rejecting],
  ])('`log` of logger() that %s harms nothing, and is logged', async (_how, log) => {
    const logger = recordingLogger()
    const bot = createBot({ logger }).use(logUpdates({ log }))
    await bot.handle(message())
    await turn()
    expect(bot.stats()).toMatchObject({ handled: 1, failed: 0 })
    expect(logger.complaints).toEqual([expect.stringContaining('no disk')])
  })

  test.each([
    ['throws', failing],
    ['rejects', rejecting],
  ])('onOverload that %s harms nothing, and is logged', async (_how, onOverload) => {
    const logger = recordingLogger()
    const bot = createBot({ logger, concurrency: 1, maxWaiting: 0, onOverload })
    let finish = (): void => {}
    bot.use(
      () =>
        new Promise<void>(resolve => {
          finish = resolve
        }),
    )
    const first = bot.handle(message())
    await turn()
    expect(await bot.handle(message())).toMatchObject({ code: 503 })
    finish()
    await first
    expect(logger.complaints.join()).toContain('onOverload threw: Error: no disk')
  })
})

describe('online', () => {
  const simulated = useSimulator()

  const listeners: readonly (readonly [string, () => void])[] = [
    [
      'throws',
      () => {
        throw unreadable
      },
    ],
    ['rejects', () => Promise.reject(unreadable)],
  ]

  test.each(listeners)('a listener of onState that %s harms nothing, and is logged', async (_how, listener) => {
    const { sim, newBot, logger } = simulated()
    const bot = newBot().on('chatbot:text', ctx => ctx.replyText('here'))
    bot.onState(listener)
    await bot.start()
    const said = await sim.user('Alice').say('hi')
    await said.reply()
    expect(logger.complaints.join()).toContain('A listener of onState threw')
  })

  test('a bot whose every handler throws goes on answering on the same connection', async () => {
    const { sim, newBot } = simulated()
    const bot = newBot().on('chatbot', () => {
      throw new Error('boom')
    })
    await bot.start()
    for (const text of ['a', 'b', 'c']) {
      const said = await sim.user('Alice').say(text)
      expect(await said.ack).toMatchObject({ code: 200 })
    }
    expect(bot.stats().failed).toBe(3)
    expect(bot.state).toBe('online')
    expect(sim.connections.length).toBe(1)
  })
})

describe('an admission whose settle() throws', () => {
  const settling = (): Plugin<object> =>
    definePlugin({
      name: 'settling',
      install: host =>
        host.admit({
          admit: () => ({
            state: 'claimed',
            settle() {
              throw new Error('settled badly')
            },
          }),
        }),
    })

  test.each<[string, () => unknown]>([
    ['ends at once', () => {}],
    ['takes its time', () => turn()],
    [
      'throws',
      () => {
        throw new Error('boom')
      },
    ],
  ])('keeps no update from its end whose handler %s, and is told of', async (_how, handler) => {
    const logger = recordingLogger()
    const bot = createBot({ logger }).use(settling())
    bot.on('chatbot', handler)
    bot.catch(() => {})
    expect(await bot.handle(message())).toMatchObject({ code: 200 })
    expect(logger.complaints).toEqual([expect.stringContaining('settled badly')])
    expect(bot.stats().running).toBe(0)
    await bot.stop()
  })
})

test('what a handler enters of an AsyncLocalStorage is not seen by the next update, nor that of its sender by another', async () => {
  const storage = new AsyncLocalStorage<string>()
  const seen: string[] = []
  const bot = createBot()
  bot.on('chatbot:text', ctx => {
    seen.push(`${ctx.text}: ${storage.getStore()}`)
    storage.enterWith('left behind')
  })
  // More than those that are watched for a missing await.
  for (let i = 0; i < 101; i++) await bot.handle(message())
  seen.length = 0
  await Promise.all(
    ['a', 'b'].map(name => storage.run(`of ${name}`, () => bot.handle(message({ text: name, msgId: name })))),
  )
  expect(seen).toEqual(['a: of a', 'b: of b'])
})

test('the state of a context may be replaced', async () => {
  const states: unknown[] = []
  const bot = createBot().derive(() => ({ state: { n: 1 } }))
  bot.on('chatbot', ctx => void states.push(ctx.state))
  await bot.handle(message())
  expect(states).toEqual([{ n: 1 }])
})
