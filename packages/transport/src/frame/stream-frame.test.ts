import { inspect } from 'node:util'
import { expect, test, vi } from 'vitest'
import { createFrameCounters } from './frame-counters.ts'
import { StreamFrame } from './stream-frame.ts'

function createFrame(type: 'EVENT' | 'CALLBACK' = 'CALLBACK', { open = true, id = 'm1' } = {}) {
  const sent: { code: number; data: string }[] = []
  const onSettled = vi.fn()
  const counters = createFrameCounters()
  const send = (text: string): boolean => {
    if (open) sent.push(JSON.parse(text))
    return open
  }
  const headers = { topic: '/x', ...(id && { messageId: id }) }
  const data = '{"sessionWebhook":"https://oapi.dingtalk.com/robot/sendBySession?session=deadbeef"}'
  return {
    frame: new StreamFrame(type, { type, headers, data }, 100, { send, isOpen: () => open, onSettled, counters }),
    sent,
    onSettled,
    counters,
  }
}

test('the first answer counts, a second is not sent', () => {
  const { frame, sent, onSettled, counters } = createFrame()
  expect(frame.respond()).toBe(true)
  expect(frame.respond()).toBe(false)
  expect(frame.respond({ code: 500 })).toBe(false)
  expect(sent).toHaveLength(1)
  expect(onSettled).toHaveBeenCalledTimes(1)
  expect(counters).toMatchObject({ acks: 1, acksDropped: 0 })
})

test('an answer to a socket that is gone goes nowhere, and is counted', () => {
  const { frame, onSettled, counters } = createFrame('CALLBACK', { open: false })
  expect(frame.respond()).toBe(false)
  expect(frame.settled).toBe(true)
  expect(onSettled).toHaveBeenCalledTimes(1)
  expect(counters).toMatchObject({ acks: 0, acksDropped: 1 })
})

test('a frame without an id is not answered', () => {
  const { frame, sent, counters } = createFrame('CALLBACK', { id: '' })
  expect(frame.respond()).toBe(false)
  expect(sent).toEqual([])
  expect(counters.acksDropped).toBe(1)
})

test('an answer after three seconds is late', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1_000)
  const [prompt, late] = [createFrame(), createFrame()]
  clock.mockReturnValue(4_000)
  prompt.frame.respond()
  clock.mockReturnValue(4_001)
  late.frame.respond()
  expect(prompt.counters.acksLate).toBe(0)
  expect(late.counters.acksLate).toBe(1)
})

test('an answer that is no JSON throws, and leaves the frame to be answered otherwise', () => {
  const { frame, sent, onSettled } = createFrame()
  expect(() => frame.respond({ data: { big: 1n } })).toThrow(TypeError)
  expect(onSettled).not.toHaveBeenCalled()
  expect(frame.respond({ code: 500 })).toBe(true)
  expect(sent).toMatchObject([{ code: 500 }])
})

test('a frame without room asks for an event again, and leaves the rest unanswered', () => {
  const [event, message] = [createFrame('EVENT'), createFrame('CALLBACK')]
  for (const { frame } of [event, message]) frame.refuse()
  expect(event.sent).toMatchObject([{ code: 200, data: '{"status":"LATER","message":"too much is waiting"}' }])
  expect(message.sent).toEqual([])
  for (const { frame, onSettled, counters } of [event, message]) {
    expect(frame.settled).toBe(true)
    expect(onSettled).toHaveBeenCalledTimes(1)
    expect(counters.overloads).toBe(1)
  }
})

test('a frame whose handler failed asks for an event again, and answers 500 to the rest', () => {
  const [event, message] = [createFrame('EVENT'), createFrame('CALLBACK')]
  for (const { frame } of [event, message]) frame.fail()
  expect(event.sent).toMatchObject([{ code: 200, data: expect.stringContaining('LATER') }])
  expect(message.sent).toMatchObject([{ code: 500 }])
})

test('a frame that is left owes nothing and takes no answer', () => {
  const { frame, sent, onSettled } = createFrame()
  frame.leave()
  frame.leave()
  expect(frame.respond()).toBe(false)
  expect(onSettled).toHaveBeenCalledTimes(1)
  expect(sent).toEqual([])
})

test('its data is parsed once, and its text where it is no JSON', () => {
  const { frame } = createFrame()
  expect(frame.data).toBe(frame.data)
  expect(frame.data).toMatchObject({ sessionWebhook: expect.stringContaining('session=deadbeef') })
  const wire = { send: () => true, isOpen: () => true, onSettled() {}, counters: createFrameCounters() }
  const headers = { topic: '/x' }
  expect(new StreamFrame('EVENT', { type: 'EVENT', headers, data: 'no { json' }, 1, wire).data).toBe('no { json')
  expect(new StreamFrame('EVENT', { type: 'EVENT', headers, data: { a: 1 } }, 1, wire).data).toEqual({ a: 1 })
  expect(new StreamFrame('EVENT', { type: 'EVENT', headers }, 1, wire).data).toBeUndefined()
})

test('it prints what it is, and not what is in it', () => {
  const { frame } = createFrame()
  expect(frame.data).toBeDefined()
  const prints = [inspect(frame, { depth: 9, showHidden: true }), JSON.stringify(frame), String(frame)]
  expect(prints[0]).toBe("StreamFrame { type: 'CALLBACK', topic: '/x', messageId: 'm1', settled: false }")
  for (const print of prints) expect(print).not.toContain('deadbeef')
})
