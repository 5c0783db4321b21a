import { expect, onTestFinished, test, vi } from 'vitest'
import { createGate } from '../../../fixtures/gate.ts'
import { event, message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Bot } from '../../bot/bot.ts'
import { createBot } from '../../bot/bot.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'

const bench = useSimulator()

function newBot(store: Store, work: (text: string) => unknown = () => {}): Bot & { readonly handled: string[] } {
  const bot = bench().newBot({ store, dedupe: { shared: true } })
  const handled: string[] = []
  bot.use(async ctx => {
    await work(ctx.text)
    handled.push(ctx.text)
  })
  return Object.assign(bot, { handled })
}

test('a message that another instance has handled is answered and not run', async () => {
  const store = memoryStore()
  const [first, second] = [newBot(store), newBot(store)]
  await first.handle(message({ msgId: 'same' }))
  expect(await second.handle(message({ msgId: 'same' }))).toMatchObject({ code: 200 })
  expect(first.handled.length).toBe(1)
  expect(second.handled.length).toBe(0)
})

test('while another instance runs it, a message is answered and an event is asked for again later', async () => {
  const store = memoryStore()
  const gate = createGate()
  const [first, second] = [newBot(store, gate.wait), newBot(store)]
  // It has to live, for its claim to be good.
  first.on('chatbot', () => {})
  await first.start()
  const running = [first.handle(message({ msgId: 'same' })), first.handle(event('e1'))]
  await vi.waitFor(() => expect(first.stats().running).toBe(2))
  expect(await second.handle(message({ msgId: 'same' }))).toMatchObject({ code: 200 })
  expect(await second.handle(event('e1'))).toMatchObject({ data: { status: 'LATER' } })
  gate.open()
  await Promise.all(running)
  expect(await second.handle(event('e1'))).toMatchObject({ data: { status: 'SUCCESS' } })
  expect(second.handled).toEqual([])
})

test('one whose handler failed, or whose instance has died, runs again at another', async () => {
  const store = memoryStore()
  const first = newBot(store, text => {
    if (text === 'bad') throw new Error('boom')
    return new Promise(() => {})
  })
  const second = newBot(store)
  first.catch(() => {})
  await first.handle(message({ msgId: 'failed', text: 'bad' }))
  // Not started, so it shows no sign of life.
  void first.handle(message({ msgId: 'dead', text: 'left' }))
  await vi.waitFor(() => expect(first.stats().running).toBe(1))
  for (const msgId of ['failed', 'dead']) await second.handle(message({ msgId, text: msgId }))
  expect(second.handled).toEqual(['failed', 'dead'])
})

test('without the store each instance remembers for itself, says so once, and shares again when it is back', async () => {
  const logger = recordingLogger()
  const store = memoryStore()
  let isAway = true
  const add: Store['add'] = async (...args) => {
    if (isAway) throw new Error('the store is gone')
    return store.add(...args)
  }
  const bot = createBot({ logger, store: { ...store, add }, dedupe: { shared: true } })
  onTestFinished(() => bot.stop({ timeout: 0 }))
  const handled: string[] = []
  bot.on('chatbot:text', ctx => void handled.push(ctx.text))
  for (const text of ['a', 'b']) await bot.handle(message({ text }))
  await bot.handle(message({ text: 'c', msgId: 'c' }))
  await bot.handle(message({ text: 'c', msgId: 'c' }))
  expect(handled).toEqual(['a', 'b', 'c'])
  expect(logger.complaints).toHaveLength(1)
  isAway = false
  await vi.waitFor(
    async () => {
      await bot.handle(message())
      expect(logger.lines.some(line => line.includes('share again'))).toBe(true)
    },
    { timeout: 5_000, interval: 100 },
  )
})
