import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReplyChannel } from '../updates/answer/exchange.ts'
import { createUpdate, type Reply, TOPICS } from '../updates/update.ts'
import { createRepeatedClicks } from './repeated-clicks.ts'

const click = (content = 'c') => createUpdate(TOPICS.card, { outTrackId: 'o', userId: 'u', content })
const reply = (data: unknown): Reply => ({ code: 200, message: 'OK', data })

/** A socket, and what left by it. */
function socket(): ReplyChannel & { readonly sent: unknown[]; close(): void } {
  let isOpen = true
  const sent: unknown[] = []
  return {
    sent,
    get canRespond() {
      return isOpen
    },
    respond: ({ data }) => isOpen && Boolean(sent.push(data)),
    close() {
      isOpen = false
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('two clicks that were answered are two', () => {
  const clicks = createRepeatedClicks()
  const channel = socket()
  for (const data of [1, 2]) clicks.take(click(), channel)?.respond(reply(data))
  expect(channel.sent).toEqual([1, 2])
})

test('two that come before the first is answered are two, while their socket is there', () => {
  const clicks = createRepeatedClicks()
  const channel = socket()
  const [first, second] = [clicks.take(click(), channel), clicks.take(click(), channel)]
  first?.respond(reply(1))
  second?.respond(reply(2))
  expect(channel.sent).toEqual([1, 2])
})

test('one whose answer could not leave is the same when it comes again, and gets that answer', () => {
  const clicks = createRepeatedClicks()
  const [old, fresh] = [socket(), socket()]
  const send = clicks.take(click(), old)
  old.close()
  send?.respond(reply('approved'))
  expect(clicks.take(click(), fresh)).toBeUndefined()
  expect(fresh.sent).toEqual(['approved'])
  expect(clicks.take(click(), fresh)).toBeDefined()
})

test('one that still runs when its socket is gone answers by the socket it came by again', () => {
  const clicks = createRepeatedClicks()
  const [old, fresh] = [socket(), socket()]
  const send = clicks.take(click(), old)
  old.close()
  expect(clicks.take(click(), fresh)).toBeUndefined()
  expect(fresh.sent).toEqual([])
  send?.respond(reply('late'))
  expect(fresh.sent).toEqual(['late'])
})

test('two alike whose socket is gone, both pushed again, run twice and no more', () => {
  const clicks = createRepeatedClicks()
  const [old, fresh] = [socket(), socket()]
  const runs = [old, old].map(channel => clicks.take(click(), channel))
  old.close()
  runs.push(...[fresh, fresh].map(channel => clicks.take(click(), channel)))
  expect(runs.filter(Boolean)).toHaveLength(2)
  for (const [index, send] of runs.entries()) send?.respond(reply(index))
  expect(fresh.sent).toEqual([0, 1])
})

test('another person, card or form is another click', () => {
  const clicks = createRepeatedClicks()
  const old = socket()
  const send = clicks.take(click('one'), old)
  old.close()
  send?.respond(reply(1))
  const fresh = socket()
  expect(clicks.take(click('other'), fresh)).toBeDefined()
  expect(clicks.take(createUpdate(TOPICS.card, { outTrackId: 'o', userId: 'w', content: 'one' }), fresh)).toBeDefined()
})

test.each([
  ['known', 90_000, false],
  ['meant anew', 90_001, true],
])('it is %s %i ms later', (_what, ms, isNew) => {
  vi.advanceTimersByTime(100_000)
  const clicks = createRepeatedClicks()
  const [old, fresh] = [socket(), socket()]
  const send = clicks.take(click(), old)
  old.close()
  send?.respond(reply(1))
  vi.advanceTimersByTime(ms)
  expect(clicks.take(click(), fresh) !== undefined).toBe(isNew)
})

test.each([
  ['known', 999, false],
  ['forgotten', 1_000, true],
])('it is %s when %i others came after it that cannot be answered', (_what, others, isNew) => {
  const clicks = createRepeatedClicks()
  const [old, fresh] = [socket(), socket()]
  old.close()
  for (let index = 0; index <= others; index++) clicks.take(click(String(index)), old)?.respond(reply(index))
  expect(clicks.take(click('0'), fresh) !== undefined).toBe(isNew)
})

test('one whose answer did not leave is known even where nothing tells that its socket is gone', () => {
  const clicks = createRepeatedClicks()
  clicks.take(click(), { respond: () => false })?.respond(reply('approved'))
  const fresh = socket()
  expect(clicks.take(click(), fresh)).toBeUndefined()
  expect(fresh.sent).toEqual(['approved'])
})
