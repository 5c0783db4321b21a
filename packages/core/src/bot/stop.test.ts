import { once } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createGate, type Gate } from '../../fixtures/gate.ts'
import { event, message } from '../../fixtures/messages.ts'
import { reaches } from '../../fixtures/reaches.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import { turn } from '../../fixtures/turn.ts'
import { TOPICS } from '../updates/update.ts'
import { type Bot, createBot } from './bot.ts'

const simulated = useSimulator()

let gate: Gate

beforeEach(() => {
  gate = createGate()
})

const push = { type: 'CALLBACK', topic: TOPICS.chatbot, data: { msgId: 'late' } } as const

describe('stop()', () => {
  test('takes no new frames while it waits: an event is answered LATER, a message is not answered', async () => {
    const { sim, newBot } = simulated()
    const seen: string[] = []
    const bot = newBot().on('chatbot', ctx => {
      seen.push(String(ctx.message.msgId))
      return gate.wait()
    })
    bot.on('event', ctx => void seen.push(ctx.event.type))
    await bot.start()
    await sim.push({ ...push, data: { msgId: 'first' } })
    await gate.began
    const stopped = bot.stop()
    expect(bot.state).toBe('draining')
    expect(bot.stats().state).toBe('draining')
    const late = await sim.push(push)
    expect(await sim.event('check_in')).toMatchObject({ status: 'LATER' })
    gate.open()
    await stopped
    expect(await late.ack).toEqual({ status: 'closed' })
    expect(seen).toEqual(['first'])
  })

  test('waits for running handlers and for waitUntil, then closes the sockets', async () => {
    const { sim, newBot } = simulated()
    const order: string[] = []
    const bot = newBot().on('chatbot', ctx => {
      ctx.waitUntil(gate.wait().then(() => order.push('beside ended')))
    })
    bot.onStop(() => void order.push(`hook, ${sim.connections.length} open`))
    await bot.start()
    await sim.push(push)
    await gate.began
    const stopped = bot.stop().then(() => order.push('stopped'))
    await turn()
    expect(order).toEqual([])
    expect(sim.connections.length).toBe(1)
    gate.open()
    await stopped
    expect(order).toEqual(['beside ended', 'hook, 1 open', 'stopped'])
    await sim.until(() => sim.connections.length === 0)
  })

  test('waits also for what a task in waitUntil begins in its turn', async () => {
    const order: string[] = []
    const bot = createBot()
    bot.use(ctx => {
      ctx.waitUntil(
        gate.wait().then(() => {
          ctx.waitUntil(turn().then(() => order.push('second')))
        }),
      )
    })
    await bot.handle(message())
    const stopped = bot.stop()
    gate.open()
    await stopped
    expect(order).toEqual(['second'])
  })

  test('aborts ctx.signal after `timeout`, not before', async () => {
    const bot = createBot()
    let aborted: unknown
    bot.use(async ctx => {
      ctx.signal.addEventListener('abort', () => {
        aborted = ctx.signal.reason
      })
      await gate.wait()
    })
    const handled = bot.handle(message())
    await gate.began
    const stopped = bot.stop({ timeout: 60_000 })
    await turn()
    expect(aborted).toBeUndefined()
    gate.open()
    await Promise.all([handled, stopped])
    expect(aborted).toBeUndefined()
  })

  test('aborts ctx.signal after 10 seconds by default', async () => {
    vi.useFakeTimers()
    const bot = createBot()
    let abortedAt: number | undefined
    bot.use(async ctx => {
      await once(ctx.signal, 'abort')
      abortedAt = performance.now()
    })
    void bot.handle(message())
    await turn()
    const askedAt = performance.now()
    const stopped = bot.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    await stopped
    vi.useRealTimers()
    expect(Number(abortedAt) - askedAt).toBe(10_000)
  })

  test('is not held up by handlers that ignore their signal', async () => {
    const { sim, newBot, logger } = simulated()
    const bot = newBot().on('chatbot', gate.wait)
    await bot.start()
    await sim.push(push)
    await gate.began
    await bot.stop({ timeout: 10 })
    expect(bot.state).toBe('stopped')
    await sim.until(() => sim.connections.length === 0)
    expect(logger.complaints.join()).toContain('The bot stops before everything is done')
    gate.open()
  })

  test('is not held up by a waitUntil that never settles', async () => {
    const bot = createBot({ logger: recordingLogger() })
    bot.use(ctx => ctx.waitUntil(new Promise(() => {})))
    await bot.handle(message())
    await bot.stop({ timeout: 10 })
    expect(bot.state).toBe('stopped')
  })

  test('gives up what still waits for a slot: an event comes again', async () => {
    const bot = createBot({ concurrency: 1, logger: recordingLogger() })
    const seen: unknown[] = []
    bot.use(ctx => {
      seen.push(ctx.update.kind)
      return gate.wait()
    })
    void bot.handle(message())
    const waiting = bot.handle(event('e1'))
    await gate.began
    await bot.stop({ timeout: 10 })
    expect(await waiting).toMatchObject({ code: 503 })
    gate.open()
    await bot.handle(event('e1'))
    expect(seen).toEqual(['chatbot', 'event'])
  })

  test('closes also when its hooks throw or hang, and logs that', async () => {
    const { sim, newBot, logger } = simulated()
    const bot = newBot()
      .onStop(() => new Promise(() => {}))
      .onStop(() => {
        throw new Error('hook broke')
      })
    await bot.start()
    await bot.stop({ timeout: 10 })
    await sim.until(() => sim.connections.length === 0)
    expect(logger.complaints.filter(line => line.includes('onStop'))).toEqual([
      expect.stringContaining('hook broke'),
      expect.stringContaining('did not end within 10 ms'),
    ])
  })

  test('tells its hooks when its time is over, and lets them leave', async () => {
    const { newBot, logger } = simulated()
    const reasons: unknown[] = []
    const bot = newBot().onStop(async signal => {
      await once(signal, 'abort')
      reasons.push(signal.reason)
    })
    await bot.start()
    await bot.stop({ timeout: 10 })
    expect(reasons).toEqual([new Error('the bot stops, and 10 ms are over')])
    expect(logger.complaints.filter(line => line.includes('onStop'))).toEqual([])
  })

  test('called twice runs its hooks once, and both calls wait for the end', async () => {
    let hooks = 0
    const bot = createBot().onStop(() => void hooks++)
    await Promise.all([bot.stop(), bot.stop()])
    expect(hooks).toBe(1)
  })

  test('before any start does nothing but say so', async () => {
    const bot = createBot()
    await bot.stop()
    expect(bot.state).toBe('stopped')
  })

  test('called in a handler and not awaited there ends in order', async () => {
    const { sim, newBot } = simulated()
    const bot: Bot = newBot()
    bot.command('shutdown', async ctx => {
      void bot.stop()
      await ctx.replyText('bye')
    })
    await bot.start()
    const stopped = reaches(bot, 'stopped')
    await (await sim.user('Alice').say('/shutdown')).reply()
    await stopped
  })
})

describe('await using', () => {
  test('stops the bot at the end of the block, and takes no frames while it does', async () => {
    const { sim, newBot } = simulated()
    const seen: unknown[] = []
    const disposed = (async () => {
      await using bot = newBot()
      bot.on('chatbot', ctx => {
        seen.push(ctx.message.msgId)
        return gate.wait()
      })
      bot.on('event', () => {})
      await bot.start()
      await sim.push({ ...push, data: { msgId: 'first' } })
      await gate.began
    })()
    await gate.began
    await turn()
    await sim.push(push)
    // Comes on the same socket after the message, which is therefore through when it is answered.
    expect(await sim.event('check_in')).toMatchObject({ status: 'LATER' })
    gate.open()
    await disposed
    await sim.until(() => sim.connections.length === 0)
    expect(seen).toEqual(['first'])
  })
})
