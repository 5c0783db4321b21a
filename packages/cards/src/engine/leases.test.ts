import { createBot, memoryStore, type Store } from '@dingware/core'
import { describe, test } from 'vitest'
import { cards } from '../plugin/cards.ts'
import { createStage, type Stage } from '../testing/stage.ts'

const LEASE = 400
/** What an event loop that is held up does not run past, where that would be taken for a death. */
const LONG_LEASE = 2_000

/** A store that loses touch with its bot, as when the process dies: nothing is renewed or released any more. */
function mortal(store: Store): Store & { die(): void } {
  let isDead = false
  const guarded =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      isDead ? new Promise(() => {}) : work(...args)
  return {
    get: guarded(store.get),
    set: guarded(store.set),
    add: guarded(store.add),
    delete: guarded(store.delete),
    list: store.list,
    die() {
      isDead = true
    },
  }
}

async function entriesIn(store: Store): Promise<unknown[]> {
  const values: unknown[] = []
  // Before that stands the clientId of the bot.
  for await (const { key, value } of store.list('')) if (key.includes('cards:lease:')) values.push(value)
  return values
}

const keysIn = async (store: Store): Promise<number> => (await entriesIn(store)).length

/** A second bot of the same app, with the same store. */
async function another(stage: Stage, store: Store, lease = LEASE): Promise<AsyncDisposable> {
  const { clientId, clientSecret, url } = stage.sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, throttle: false, store })
  bot.use(cards({ lease })).on('chatbot', () => {})
  await bot.start()
  return bot
}

describe.concurrent('a card that was left open', () => {
  test('is ended by another bot once nobody renews its lease, with the text that it showed', {
    timeout: 20_000,
  }, async ({ expect }) => {
    const shared = memoryStore()
    const store = mortal(shared)
    await using stage = await createStage({ bot: { store }, cards: { lease: LEASE } })
    await stage.answer(async ctx => ctx.aiCard({ failureText: '（中断）' }).append('一半的**回答'))
    await stage.shows(card => card.variables.msgContent === '一半的**回答**')
    await expect.poll(async () => JSON.stringify(await entriesIn(shared))).toContain('一半的')
    store.die()
    await using _other = await another(stage, shared)
    const card = await stage.shows(({ status }) => status === 'failed')
    expect(card.variables.msgContent).toBe('一半的**回答**\n\n（中断）')
    await expect.poll(() => keysIn(shared)).toBe(0)
  })

  test('is let alone by other bots as long as its own bot lives', { timeout: 20_000 }, async ({ expect }) => {
    const store = memoryStore()
    await using stage = await createStage({ bot: { store }, cards: { lease: LONG_LEASE } })
    await stage.answer(async ctx => {
      let looks = 0
      const watched: Store = {
        ...store,
        list(prefix) {
          looks++
          return store.list(prefix)
        },
      }
      await using _other = await another(stage, watched, LONG_LEASE)
      const card = ctx.aiCard()
      card.append('还在写')
      await stage.shows(({ variables }) => variables.msgContent === '还在写')
      // At the second look from now a lease that nobody renews would be over.
      const before = looks
      await expect.poll(() => looks - before, { timeout: 15_000 }).toBeGreaterThanOrEqual(3)
      expect([...stage.sim.cards.values()]).toMatchObject([{ status: 'inputting' }])
      await card.finish()
    })
    expect(await keysIn(store)).toBe(0)
  })

  test('because nothing got through until its time was over is ended later by its own bot', {
    timeout: 20_000,
  }, async ({ expect }) => {
    const store = memoryStore()
    await using stage = await createStage({ bot: { store }, cards: { lease: LEASE, aiCard: { endTimeout: 900 } } })
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      await card.start()
      const fault = stage.sim.faults.api({ path: '/v1.0/card/*', fault: 'cut', times: 1_000 })
      await card.finish('迟到的回答')
      expect(await keysIn(store)).toBe(1)
      // From now on the bot may end it at any moment.
      fault.disarm()
    })
    const card = await stage.shows(({ status }) => status === 'finished')
    expect(card.variables.msgContent).toBe('迟到的回答')
    await expect.poll(() => keysIn(store)).toBe(0)
  })

  test('although its creation seemed to fail is ended with the text that went out as a message', {
    timeout: 20_000,
  }, async ({ expect }) => {
    const store = memoryStore()
    await using stage = await createStage({ bot: { store, autoRetry: false }, cards: { lease: LEASE } })
    stage.sim.faults.api({ path: '*createAndDeliver', fault: 'cut', applied: true })
    await stage.answer(ctx => ctx.aiCard().finish('回答'))
    expect(stage.messages()).toEqual(['回答'])
    const card = await stage.shows(({ status }) => status === 'finished')
    expect(card.variables.msgContent).toBe('回答')
    await expect.poll(() => keysIn(store), { timeout: 5_000 }).toBe(0)
    expect(stage.messages()).toEqual(['回答'])
  })

  test('is forgotten when it was never created', { timeout: 20_000 }, async ({ expect }) => {
    const store = memoryStore()
    await using stage = await createStage({ bot: { store, autoRetry: false }, cards: { lease: LEASE } })
    stage.sim.faults.api({ path: '*createAndDeliver', fault: 'cut' })
    await stage.answer(ctx => ctx.aiCard().finish('回答'))
    expect(stage.messages()).toEqual(['回答'])
    await expect.poll(() => keysIn(store), { timeout: 5_000 }).toBe(0)
    expect(stage.sim.cards.size).toBe(0)
  })

  test('holds nobody up when the store fails', async ({ expect }) => {
    const broken = { ...memoryStore(), set: () => Promise.reject(new Error('the store is down')) }
    await using stage = await createStage({ bot: { store: broken } })
    const { status } = await stage.answer(ctx => ctx.aiCard().finish('回答'))
    expect(status).toBe('finished')
    expect([...stage.sim.cards.values()]).toMatchObject([{ status: 'finished' }])
  })
})
