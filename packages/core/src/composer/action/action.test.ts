import * as v from 'valibot'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { evidenceNamed } from '../../../fixtures/evidence.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { keepCardEntry } from '../../updates/callback/card-entry.ts'
import { createUpdate, TOPICS, type Update } from '../../updates/update.ts'
import { type ActionOptions, defineAction, isActionButton } from './action.ts'
import { wireButtons } from './wire.ts'

const Order = v.object({ orderId: v.string() })

let store: Store
let clicks = 0

beforeEach(() => {
  store = memoryStore()
})

interface ClickFields {
  readonly outTrackId?: string
  readonly userId?: string
  readonly params?: object
}

function click(id: string | readonly string[], { params = {}, ...fields }: ClickFields = {}): Update {
  const content = JSON.stringify({ cardPrivateData: { actionIds: [id].flat(), params } })
  const headers = { topic: TOPICS.card, messageId: `click-${++clicks}` }
  return createUpdate(TOPICS.card, { outTrackId: 'card', userId: 'alice', content, ...fields }, headers)
}

function newBot(): Bot {
  return createBot({ store, logger: recordingLogger() })
}

/** A bot that approves orders, and a card of Alice's with two buttons for it. */
async function setUp(options: ActionOptions = {}): Promise<{ bot: Bot; approved: unknown[]; ids: readonly string[] }> {
  const approve = defineAction('approve', Order, options)
  const { ids, data } = wireButtons(['1', '2'].map(orderId => approve.button('同意', { orderId })))
  await keepCardEntry(store, 'card', { owner: 'alice', buttons: data })
  const approved: unknown[] = []
  const bot = newBot().action(approve, ctx => void approved.push(ctx.data))
  return { bot, approved, ids }
}

const EMPTY = { code: 200, message: 'OK', data: { response: {} } }

describe('a button of an action', () => {
  test('carries its data to the handler, each its own', async () => {
    const { bot, approved, ids } = await setUp()
    for (const id of ids) expect(await bot.handle(click(id))).toEqual(EMPTY)
    expect(approved).toEqual([{ orderId: '1' }, { orderId: '2' }])
  })

  test('keeps its data in the store, so that an id from elsewhere brings none', async () => {
    const onExpired = vi.fn()
    const { bot, approved, ids } = await setUp({ onExpired })
    expect(ids.join()).not.toContain('1"')
    expect(await bot.handle(click('approve~7', { params: { orderId: 'forged' } }))).toEqual(EMPTY)
    expect(await bot.handle(click(String(ids[0]), { outTrackId: 'another card' }))).toEqual(EMPTY)
    expect(approved).toEqual([])
    expect(onExpired.mock.calls.length).toBe(2)
  })

  test('works after a restart, with a store that outlives the bot', async () => {
    const { ids } = await setUp()
    const data: unknown[] = []
    const restarted = newBot().action(defineAction('approve', Order), ctx => void data.push(ctx.data))
    await restarted.handle(click(String(ids[1])))
    expect(data).toEqual([{ orderId: '2' }])
  })

  test('packs its data into its id on wish, where that is short, and into the store else', async () => {
    const open = defineAction('open', v.object({ page: v.string() }), { keep: 'id' })
    const wired = wireButtons([open.button('短', { page: '首页' }), open.button('长', { page: 'x'.repeat(100) })])
    expect(wired.ids[0]).toMatch(/^open![\w-]{1,59}$/)
    expect(wired.ids[1]).toMatch(/^open~[a-z0-9]{5}$/)
    expect(wired.data).toEqual({ [String(wired.ids[1])]: { page: 'x'.repeat(100) } })
    const pages: string[] = []
    await newBot()
      .action(open, ctx => void pages.push(ctx.data.page))
      .handle(click(String(wired.ids[0])))
    expect(pages).toEqual(['首页'])
  })

  test('whose packed data is broken reaches no handler', async () => {
    const onInvalid = vi.fn()
    const open = defineAction('open', Order, { keep: 'id', onInvalid })
    const bot = newBot().action(open, () => {
      throw new Error('never')
    })
    expect(await bot.handle(click('open!____'))).toEqual(EMPTY)
    expect(onInvalid).toHaveBeenCalledOnce()
  })

  test('whose data fits the schema no longer is answered {}, logged, and told to onInvalid', async () => {
    const onInvalid = vi.fn()
    const { bot, approved, ids } = await setUp({ onInvalid })
    await keepCardEntry(store, 'card', { buttons: { [String(ids[0])]: { order: 1 } } })
    expect(await bot.handle(click(String(ids[0])))).toEqual(EMPTY)
    expect(approved).toEqual([])
    expect(onInvalid.mock.calls[0]?.[1]).toEqual([expect.objectContaining({ message: expect.any(String) })])
  })
})

describe('who may click', () => {
  test.each([
    ['sender', 'alice', true],
    ['sender', 'bob', false],
    ['anyone', 'bob', true],
  ] as const)('%s: %s -> %s', async (allow, userId, may) => {
    const onDenied = vi.fn()
    const { bot, approved, ids } = await setUp({ allow, onDenied })
    await bot.handle(click(String(ids[0]), { userId }))
    expect(approved).toHaveLength(may ? 1 : 0)
    expect(onDenied).toHaveBeenCalledTimes(may ? 0 : 1)
  })

  test('is nobody where only the sender may and nobody is known to be that one', async () => {
    const approve = defineAction('approve', Order, { allow: 'sender' })
    const { ids, data } = wireButtons([approve.button('同意', { orderId: '1' })])
    await keepCardEntry(store, 'card', { buttons: data })
    const approved: unknown[] = []
    const bot = newBot().action(approve, ctx => void approved.push(ctx.data))
    expect(await bot.handle(click(ids))).toEqual(EMPTY)
    expect(await bot.handle(click(ids, { userId: '' }))).toEqual(EMPTY)
    expect(approved).toEqual([])
  })

  test('is anyone by default', async () => {
    const { bot, approved, ids } = await setUp()
    await bot.handle(click(String(ids[0]), { userId: 'bob' }))
    expect(approved).toHaveLength(1)
  })

  test('is asked of a function too, and the others get an answer of their own', async () => {
    const allow = async ({ from }: { from?: { id: string } | undefined }): Promise<boolean> => from?.id === 'boss'
    const { bot, approved, ids } = await setUp({
      allow,
      onDenied: ctx => ctx.respond({ private: { tips: '只有主管可以' } }),
    })
    await bot.handle(click(String(ids[0]), { userId: 'boss' }))
    const denied = await bot.handle(click(String(ids[0])))
    expect(denied.data).toMatchObject({ response: { userPrivateData: { cardParamMap: { tips: '只有主管可以' } } } })
    expect(approved).toHaveLength(1)
  })
})

describe('a click that runs no handler is answered {} where nobody was given to be told', () => {
  const never = (): never => {
    throw new Error('never')
  }

  test.each<[string, ActionOptions, (id: string) => Update]>([
    ['given up', {}, id => click(id, { params: { user_cancel: 'true' } })],
    ['expired', {}, () => click('approve~gone')],
    ['denied', { allow: () => false }, id => click(id)],
    ['invalid', {}, () => click('approve', { params: { orderId: 7 } })],
  ])('%s', async (_, options, clickOn) => {
    const caught: unknown[] = []
    const approve = defineAction('approve', Order, options)
    const { ids, data } = wireButtons([approve.button('同意', { orderId: '1' })])
    await keepCardEntry(store, 'card', { buttons: data })
    const bot = newBot()
      .action(approve, never)
      .use(never)
      .catch(error => void caught.push(error))
    expect(await bot.handle(clickOn(String(ids[0])))).toEqual(EMPTY)
    expect(caught).toEqual([])
  })

  test('late', async () => {
    const { bot, approved, ids } = await setUp({ once: true })
    const caught: unknown[] = []
    bot.catch(error => void caught.push(error))
    await bot.handle(click(String(ids[0])))
    expect(await bot.handle(click(String(ids[1])))).toEqual(EMPTY)
    expect(approved).toHaveLength(1)
    expect(caught).toEqual([])
  })
})

describe('an action that counts once', () => {
  test('runs for the first of many clicks, on whichever bot of a store they arrive', async () => {
    const late: unknown[] = []
    const options: ActionOptions = { once: true, onLate: (_ctx, first) => late.push(first) }
    const one = await setUp(options)
    const other = await setUp(options)
    const all = Array.from({ length: 10 }, (_, i) => (i % 2 ? one : other).bot.handle(click(String(one.ids[0]))))
    expect(await Promise.all(all)).toEqual(Array.from({ length: 10 }, () => EMPTY))
    expect([...one.approved, ...other.approved]).toEqual([{ orderId: '1' }])
    expect(late).toEqual(Array.from({ length: 9 }, () => ({ userId: 'alice', actionId: 'approve' })))
  })

  test('tells who was first, and by which action', async () => {
    const late: unknown[] = []
    const approve = defineAction('approve', Order, { once: true })
    const refuse = defineAction('refuse', Order, { once: true, onLate: (_ctx, first) => late.push(first) })
    const { ids, data } = wireButtons([
      approve.button('同意', { orderId: '1' }),
      refuse.button('拒绝', { orderId: '1' }),
    ])
    await keepCardEntry(store, 'card', { buttons: data })
    const bot = newBot()
      .action(approve, () => {})
      .action(refuse, () => void late.push('refused'))
    for (const id of ids) await bot.handle(click(id, { userId: `who clicked ${id.split('~')[0]}` }))
    expect(late).toEqual([{ userId: 'who clicked approve', actionId: 'approve' }])
  })

  test('runs again after a handler threw', async () => {
    const approve = defineAction('approve', Order, { once: true })
    const { ids, data } = wireButtons([approve.button('同意', { orderId: '1' })])
    await keepCardEntry(store, 'card', { buttons: data })
    let runs = 0
    const bot = newBot().action(approve, () => {
      if (++runs === 1) throw new Error('boom')
    })
    bot.catch(() => {})
    for (let i = 0; i < 3; i++) await bot.handle(click(String(ids[0])))
    expect(runs).toBe(2)
  })
})

describe('a component of a template', () => {
  const Level = v.object({ level: v.string() })

  test.each([
    ['cb.382e4302.group.msgButton', 'agree'],
    ['cb.own-template.im.node-id', 'like'],
    ['cb.own-template.agree', 'agree'],
    ['cb.btns.index-appended', 'approval'],
    ['cb.675cde2f.btn_stop', 'btn_stop'],
    ['cb.value-only', 'feedback_up'],
    ['cb.dws.approval', 'approve'],
    ['cb.memgov.im-alias', 'ok'],
    ['cb.form.submit', 'form'],
    ['cb.minimal', '1'],
  ])('%s, as captured, reaches the action %s, by its id and as a defined one', async (name, id) => {
    const { data } = evidenceNamed('cards', name)
    const raw = Object(data).specVersion ? JSON.parse(Object(data).data) : data
    const seen: string[] = []
    const bot = newBot()
      .action(['reject', 'other'], () => void seen.push('wrong'))
      .action(id, (_, next) => {
        seen.push('by its id')
        return next()
      })
      .action(defineAction(id, v.unknown()), () => void seen.push('defined'))
    const headers = { topic: TOPICS.card, messageId: `click-${++clicks}` }
    expect(await bot.handle(createUpdate(TOPICS.card, raw, headers))).toEqual(EMPTY)
    expect(seen).toEqual(['by its id', 'defined'])
  })

  test('gives its params as data, wherever they stand', async () => {
    const seen: unknown[] = []
    const bot = newBot().action(defineAction('go', Level), ctx => void seen.push(ctx.data))
    await bot.handle(click('go', { params: { level: '2' } }))
    const beside = JSON.stringify({ cardPrivateData: { actionIds: ['go'] }, params: { level: '3' } })
    for (const fields of [{ content: beside }, { value: beside }, { conversationToken: 'secret', content: beside }]) {
      await bot.handle(createUpdate(TOPICS.card, fields, { topic: TOPICS.card, messageId: `click-${++clicks}` }))
    }
    expect(seen).toEqual([{ level: '2' }, { level: '3' }, { level: '3' }, { level: '3' }])
  })

  test('in a loop is found by its id without the number, by text and by action; an id of its own goes first', async () => {
    const seen: unknown[] = []
    const bot = newBot()
      .action('step_1', ctx => void seen.push(`exact ${ctx.match[0]}`))
      .action('step', ctx => void seen.push(`loop ${ctx.match[0]} ${ctx.callback.actions[0]?.index}`))
      .action(defineAction('level', Level), ctx => void seen.push(ctx.data))
    await bot.handle(click('step_1'))
    await bot.handle(click('step_2'))
    await bot.handle(click('level_7', { params: { level: '7' } }))
    expect(seen).toEqual(['exact step_1', 'loop step 2', { level: '7' }])
  })

  test.each(['actionValue', 'eventKey', 'value'])('of an old template names its id in %s', async field => {
    const seen: unknown[] = []
    const bot = newBot().action('old', () => void seen.push(field))
    const headers = { topic: TOPICS.card, messageId: `click-${++clicks}` }
    await bot.handle(createUpdate(TOPICS.card, { outTrackId: 'card', [field]: 'old' }, headers))
    expect(seen).toEqual([field])
  })

  test('may be called as what every object has', async () => {
    const seen: unknown[] = []
    await keepCardEntry(store, 'card', { buttons: {} })
    const bot = newBot().action(defineAction('constructor', Level), ctx => void seen.push(ctx.data))
    await bot.handle(click('constructor', { params: { level: '2' } }))
    expect(seen).toEqual([{ level: '2' }])
  })

  test('has what was clicked in ctx.match, and the handler may go on', async () => {
    const seen: unknown[] = []
    const bot = newBot()
      .action(defineAction('go', Level), (ctx, next) => {
        seen.push('match' in ctx && ctx.match)
        return next()
      })
      .on('card', () => void seen.push('after'))
    await bot.handle(click('go', { params: { level: '2' } }))
    expect(seen).toEqual([['go'], 'after'])
  })

  test('reaches no action of another name, nor does what is no click', async () => {
    const seen: unknown[] = []
    const bot = newBot()
      .action(defineAction('go', v.unknown()), () => void seen.push('go'))
      .use(ctx => void seen.push(ctx.update.kind))
    await bot.handle(click('gone'))
    await bot.handle(createUpdate(TOPICS.event, {}))
    expect(seen).toEqual(['card', 'event'])
  })

  test('that calls back without a meaning is answered {}', async () => {
    const { bot, approved } = await setUp()
    expect(await bot.handle(click([]))).toEqual(EMPTY)
    expect(await bot.handle(click('something else'))).toEqual(EMPTY)
    expect(approved).toEqual([])
  })
})

describe('a form', () => {
  const Leave = v.object({ reason: v.string(), days: v.pipe(v.string(), v.transform(Number)) })

  test('gives its fields as data, a select by what was selected', async () => {
    const seen: unknown[] = []
    const bot = newBot().action(defineAction('submit', Leave), ctx => void seen.push(ctx.data))
    await bot.handle(click('submit', { params: { form: { reason: '病假', days: { index: 1, value: '2' } } } }))
    expect(seen).toEqual([{ reason: '病假', days: 2 }])
  })

  test('that was given up runs no handler, but onCancel', async () => {
    const onCancel = vi.fn()
    const bot = newBot().action(defineAction('submit', Leave, { onCancel }), () => {
      throw new Error('never')
    })
    expect(await bot.handle(click('submit', { params: { user_cancel: 'true' } }))).toEqual(EMPTY)
    expect(onCancel).toHaveBeenCalledOnce()
  })
})

test('an id that could not be found again is refused', () => {
  for (const id of ['', ' ', 'a b', ' a', 'a ', 'a~1', '~a', 'a!', '!a'])
    expect(() => defineAction(id, Order)).toThrow(/Rename it/)
})

describe('a button', () => {
  const go = defineAction('go', Order, { keep: 'id', ttlMs: 1_000 })

  test('has what its action says', () => {
    const data = { orderId: '1' }
    expect(go.button('走', data)).toEqual({ text: '走', id: 'go', data, keep: 'id', ttlMs: 1_000 })
    expect(go.button('走', data)).not.toHaveProperty('color')
    expect(defineAction('go', Order).button('走', data, { color: 'red' })).toEqual({
      text: '走',
      color: 'red',
      id: 'go',
      data,
      keep: 'store',
      ttlMs: undefined,
    })
  })

  test('with an address opens that, and is no button of the action', () => {
    const link = go.button('看', { orderId: '1' }, { color: 'blue', url: 'https://example.com' })
    expect(link).toEqual({ text: '看', color: 'blue', url: 'https://example.com' })
    expect(isActionButton(link)).toBe(false)
    expect(isActionButton(go.button('走', { orderId: '1' }))).toBe(true)
    expect(isActionButton({ text: '走', id: 'go' })).toBe(false)
    expect(isActionButton({ text: '走', keep: 'id' })).toBe(false)
  })
})
