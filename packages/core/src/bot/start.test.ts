import { beforeEach, describe, expect, test } from 'vitest'
import { createGate, type Gate } from '../../fixtures/gate.ts'
import { reaches } from '../../fixtures/reaches.ts'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import { turn } from '../../fixtures/turn.ts'
import { TOPICS } from '../updates/update.ts'

const simulated = useSimulator()

let gate: Gate

beforeEach(() => {
  gate = createGate()
})

const push = { type: 'CALLBACK', topic: TOPICS.chatbot, data: { msgId: 'late' } } as const

describe('start()', () => {
  test('called twice connects once and runs its hooks once', async () => {
    const { sim, newBot } = simulated()
    let hooks = 0
    const bot = newBot().onStart(() => void hooks++)
    await Promise.all([bot.start(), bot.start()])
    await bot.start()
    expect(hooks).toBe(1)
    expect(sim.connections.length).toBe(1)
  })

  test('runs the hooks of plugins and of the bot before it connects, and throws what they throw', async () => {
    const { sim, newBot } = simulated()
    const bot = newBot().onStart(() => {
      expect(sim.connections).toEqual([])
      throw new Error('no database')
    })
    await expect(bot.start()).rejects.toThrow('no database')
    expect(sim.connections.length).toBe(0)
    expect(bot.state).toBe('idle')
  })

  test('may be tried again when it failed', async () => {
    const { newBot } = simulated()
    let tries = 0
    const bot = newBot().onStart(() => {
      if (++tries === 1) throw new Error('not yet')
    })
    await expect(bot.start()).rejects.toThrow('not yet')
    await bot.start()
    expect(tries).toBe(2)
    expect(bot.state).toBe('online')
  })

  test('is given up when stop() is called while its hooks run', async () => {
    const { sim, newBot } = simulated()
    const bot = newBot().onStart(gate.wait)
    const started = bot.start()
    await gate.began
    await bot.stop()
    gate.open()
    await expect(started).rejects.toMatchObject({ code: 'ERR_STOPPED' })
    expect(sim.connections.length).toBe(0)
    expect(bot.state).toBe('stopped')
  })

  test('is given up when its signal aborts while its hooks run', async () => {
    const { sim, newBot } = simulated()
    const controller = new AbortController()
    const bot = newBot().onStart(gate.wait)
    const started = bot.start({ signal: controller.signal })
    await gate.began
    controller.abort(new Error('changed my mind'))
    gate.open()
    await expect(started).rejects.toThrow('changed my mind')
    expect(sim.connections).toEqual([])
  })

  test('is refused for a signal that has aborted already', async () => {
    const { newBot } = simulated()
    await expect(newBot().start({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
  })

  test('a signal that aborts stops the bot; that of an earlier start does not', async () => {
    const { sim, newBot } = simulated()
    const [earlier, current] = [new AbortController(), new AbortController()]
    const bot = newBot()
    await bot.start({ signal: earlier.signal })
    await bot.stop()
    await bot.start({ signal: current.signal })
    earlier.abort()
    await turn()
    expect(bot.state).toBe('online')
    const stopped = reaches(bot, 'stopped')
    current.abort()
    await stopped
    await sim.until(() => sim.connections.length === 0)
  })
})

describe('after stop()', () => {
  test('a start() that was asked for while the bot stops waits for the end of that', async () => {
    const { sim, newBot } = simulated()
    const bot = newBot().on('chatbot', gate.wait)
    await bot.start()
    await sim.push(push)
    await gate.began
    const stopped = bot.stop()
    const started = bot.start()
    gate.open()
    await Promise.all([stopped, started])
    expect(bot.state).toBe('online')
    expect(sim.connections.filter(({ state }) => state === 'open').length).toBe(1)
  })

  test('start() works again: the same bot answers, and its signals are fresh', async () => {
    const { sim, newBot } = simulated()
    const aborted: boolean[] = []
    const bot = newBot().on('chatbot:text', async ctx => {
      aborted.push(ctx.signal.aborted)
      await ctx.replyText(`echo ${ctx.text}`)
    })
    for (const text of ['one', 'two']) {
      await bot.start()
      const said = await sim.user('Alice').say(text)
      await said.reply()
      await bot.stop({ timeout: 1_000 })
      expect(sim.connections.filter(({ state }) => state === 'open')).toEqual([])
    }
    expect(aborted).toEqual([false, false])
  })
})
