import { expect, onTestFinished, test, vi } from 'vitest'
import { createGate } from '../../../fixtures/gate.ts'
import { event, message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { definePlugin } from '../../composer/plugin/plugin.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import type { DeadLetter } from './arrival.ts'
import { type Inbox, type InboxOptions, inbox } from './inbox.ts'

const bench = useSimulator()

interface Kept {
  readonly bot: Bot
  readonly box: Inbox
  readonly handled: string[]
}

/** A bot whose handler notes what it gets, and does what `work` does. */
function newBot(store: Store, work: (text: string) => unknown = () => {}, options: InboxOptions = {}): Kept {
  const box = inbox({ retryDelay: 1, ...options })
  const bot = bench().newBot({ store }).use(box)
  const handled: string[] = []
  bot.on('chatbot:text', async ctx => {
    await work(ctx.text)
    handled.push(ctx.text)
  })
  bot.on('event', () => void handled.push('event'))
  return { bot, box, handled }
}

test('a message is in the store before it is answered, and gone when it was handled', async () => {
  const { sim } = bench()
  const store = memoryStore()
  const gate = createGate()
  const { bot, box } = newBot(store, gate.wait)
  await bot.start()
  const said = await sim.user('Alice').say('hi')
  expect(await said.ack).toMatchObject({ code: 200 })
  expect(await box.size()).toBe(1)
  gate.open()
  await vi.waitFor(async () => expect(await box.size()).toBe(0))
})

test('an event is answered SUCCESS at once, however long its handler takes', async () => {
  const { sim } = bench()
  const gate = createGate()
  const bot = bench().newBot({ store: memoryStore() }).use(inbox())
  bot.on('event', gate.wait)
  await bot.start()
  expect(await sim.event('check_in')).toMatchObject({ status: 'SUCCESS' })
  gate.open()
})

test('what an instance leaves when it stops, the next one runs', async () => {
  const store = memoryStore()
  const first = newBot(store, () => new Promise(() => {}))
  await first.bot.start()
  void first.bot.handle(message({ text: 'left' }))
  await vi.waitFor(async () => expect(await first.box.size()).toBe(1))
  await first.bot.stop({ timeout: 1 })

  const second = newBot(store)
  await second.bot.start()
  await vi.waitFor(() => expect(second.handled).toEqual(['left']))
  await vi.waitFor(async () => expect(await second.box.size()).toBe(0))
})

test('a message that comes again at another instance is not run again, also after it was handled', async () => {
  const store = memoryStore()
  const [first, second] = [newBot(store), newBot(store)]
  await first.bot.handle(message({ msgId: 'same' }))
  expect(await second.bot.handle(message({ msgId: 'same' }))).toMatchObject({ code: 200 })
  expect(first.handled.length).toBe(1)
  expect(second.handled.length).toBe(0)
})

test('one whose handler throws runs again, and is put aside after maxRuns runs; bot.catch is told once', async () => {
  let runs = 0
  const fail = (): never => {
    runs++
    throw new Error('boom')
  }
  const { bot, box } = newBot(memoryStore(), fail, { maxRuns: 2 })
  const caught: unknown[] = []
  bot.catch(error => void caught.push(error))
  await bot.handle(message({ text: 'poison' }))
  expect(runs).toBe(2)
  expect(caught.length).toBe(1)
  expect(await box.size()).toBe(0)

  const letters = await lettersOf(box)
  expect(letters).toMatchObject([{ runs: 2, update: { kind: 'chatbot' } }])
  await letters[0]?.discard()
  expect(await lettersOf(box)).toEqual([])
})

test('a dead letter that is put back is run as new', async () => {
  let isBroken = true
  const { bot, box, handled } = newBot(memoryStore(), () => {
    if (isBroken) throw new Error('boom')
  })
  bot.catch(() => {})
  await bot.handle(message({ text: 'again' }))
  isBroken = false
  for await (const letter of box.deadLetters()) await letter.requeue()
  await vi.waitFor(() => expect(handled).toEqual(['again']))
  await vi.waitFor(async () => expect(await box.size()).toBe(0))
})

test.each([{ keepTimeout: 20 }, { patience: 20 }])(
  'a store that is away, with %j: a message is handled from memory and answered then, an event is asked for again',
  async options => {
    const logger = recordingLogger()
    const store = memoryStore()
    const refuse = async (): Promise<never> => {
      throw new Error('the disk is gone')
    }
    const bot = createBot({ logger, store: { ...store, add: refuse, set: refuse } }).use(inbox(options))
    onTestFinished(() => bot.stop({ timeout: 0 }))
    const handled: string[] = []
    bot.on('chatbot:text', ctx => void handled.push(ctx.text))
    // This one may have been written: it stays unanswered until that is known.
    void bot.handle(message({ text: 'perhaps written' }))
    await vi.waitFor(() => expect(logger.complaints).toHaveLength(1))
    expect(await bot.handle(message({ text: 'from memory' }))).toMatchObject({ code: 200 })
    expect(await bot.handle(event())).toMatchObject({ data: { status: 'LATER' } })
    expect(handled).toEqual(['from memory'])
    expect(logger.complaints).toHaveLength(1)
  },
)

test('after stop() a store that is away is written to no more', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const store = memoryStore()
  const add = vi.spyOn(store, 'add').mockRejectedValue(new Error('connection lost'))
  const bot = createBot({ clientId: 'ding-app', clientSecret: 'secret', logger: recordingLogger(), store }).use(inbox())
  bot.on('chatbot:text', () => {})
  const answer = bot.handle(message({ text: 'perhaps written' }))
  await vi.waitFor(() => expect(add.mock.calls.length).toBeGreaterThan(1))
  const stopped = bot.stop({ timeout: 0 })
  await vi.advanceTimersByTimeAsync(1_000)
  await stopped
  await answer
  const { length } = add.mock.calls
  await vi.advanceTimersByTimeAsync(10_000)
  expect(add.mock.calls).toHaveLength(length)
})

test('two admissions before one bot are one too many', async () => {
  const admitting = (name: string): ReturnType<typeof definePlugin> =>
    definePlugin({ name, install: host => host.admit({ admit: () => undefined }) })
  const bot = createBot().use(admitting('one')).use(admitting('another'))
  await expect(bot.handle(message())).rejects.toThrow('Use one inbox')
})

async function lettersOf(box: Inbox): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = []
  for await (const letter of box.deadLetters()) letters.push(letter)
  return letters
}
