import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DEFAULT_REFUSED_TEXT } from '../engine/limits.ts'
import { aiTemplate8aebdfb9, aiTemplate02fcf2f4, aiTemplate382e4302, aiTemplate675cde2f } from '../template/presets.ts'
import { createPlatformStub, FAKED, type PlatformStub, type Refuse } from '../testing/platform-stub.ts'
import type { StreamResult } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const UNSAFE = { status: 400, code: 'param.contentUnsafe' }
const BAD = '不宜'

/** Refuses what says what must not be said, as long as it is said. */
const review: Refuse = ({ body }) => (JSON.stringify(body).includes(BAD) ? UNSAFE : undefined)

async function stream(platform: PlatformStub, pieces: readonly string[], options = {}): Promise<StreamResult> {
  async function* source() {
    for (const piece of pieces) {
      yield piece
      await new Promise(resolve => setTimeout(resolve, 900))
    }
  }
  const streaming = platform.aiCard(options).stream(source())
  await vi.advanceTimersByTimeAsync(60_000)
  return streaming
}

const saying = (platform: PlatformStub) => platform.calls.filter(({ body }) => JSON.stringify(body).includes(BAD))

async function leases(platform: PlatformStub): Promise<number> {
  let count = 0
  for await (const _ of platform.store.list('cards:lease:')) count++
  return count
}

describe('what the review of contents refuses is sent once, and a notice in its place', () => {
  const templates = { aiTemplate382e4302, aiTemplate02fcf2f4, aiTemplate675cde2f, aiTemplate8aebdfb9 }

  test.each(Object.entries(templates))('a frame in mid-stream, on %s', async (_name, ai) => {
    const platform = createPlatformStub({ templates: { ai } })
    platform.refuse(review)
    const result = await stream(platform, ['先说', `一点${BAD}的`, '话'])
    expect(result).toMatchObject({ status: 'refused', endedBy: 'review', reason: { code: UNSAFE.code } })
    expect(result.fallback).toBeUndefined()
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('end').map(({ content }) => content)).toEqual([DEFAULT_REFUSED_TEXT])
    expect(platform.messages).toEqual([])
    expect(await leases(platform)).toBe(0)
    const status = platform.of('update').at(-1)?.variables.flowStatus
    expect(status).toBe(ai.variables.status ? '3' : undefined)
  })

  test.each(Object.entries(templates))('and where not even the notice passes, nothing spins: %s', async (_name, ai) => {
    const platform = createPlatformStub({ templates: { ai } })
    const says = (text: string): boolean => text.includes(BAD) || text.includes(DEFAULT_REFUSED_TEXT)
    platform.refuse(({ body }) => (says(JSON.stringify(body)) ? UNSAFE : undefined))
    expect(await stream(platform, ['先说', `一点${BAD}的`])).toMatchObject({ status: 'refused' })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('end').map(({ content }) => content)).toEqual([DEFAULT_REFUSED_TEXT, ' '])
    expect(platform.of('end').at(-1)?.body).toMatchObject({ isFinalize: true })
    const status = platform.of('update').at(-1)?.variables.flowStatus
    expect(status).toBe(ai.variables.status ? '3' : undefined)
    expect(platform.messages).toEqual([])
    expect(await leases(platform)).toBe(0)
  })

  test('the last frame', async () => {
    const platform = createPlatformStub()
    platform.refuse(call => (call.kind === 'end' ? review(call, 0) : undefined))
    const card = platform.aiCard()
    card.append(`一点${BAD}的话`)
    const finishing = card.finish()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await finishing).toMatchObject({ status: 'refused', text: `一点${BAD}的话` })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('end').at(-1)?.content).toBe(DEFAULT_REFUSED_TEXT)
    expect(platform.of('update').at(-1)?.variables).toMatchObject({ msgContent: DEFAULT_REFUSED_TEXT, flowStatus: '3' })
    expect(platform.messages).toEqual([])
  })

  test('the last update, for its buttons', async () => {
    const platform = createPlatformStub()
    platform.refuse(review)
    const finishing = platform.aiCard().finish('好的', { buttons: [{ text: BAD, id: 'x' }] })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await finishing).toMatchObject({ status: 'refused' })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('update').at(-1)?.variables.msgContent).toBe(DEFAULT_REFUSED_TEXT)
  })

  test('the creation, for its title: only the notice goes out as a message', async () => {
    const platform = createPlatformStub()
    platform.refuse(review)
    const result = await stream(platform, ['好的'], { title: BAD })
    expect(result).toMatchObject({ status: 'refused', cards: [], fallback: { reason: { code: UNSAFE.code } } })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.messages).toEqual([DEFAULT_REFUSED_TEXT])
  })

  test('an update in mid-stream, for what stands beside the text', async () => {
    const platform = createPlatformStub()
    platform.refuse(review)
    const card = platform.aiCard({ refusedText: '换个话题吧' })
    card.append('好的')
    await vi.advanceTimersByTimeAsync(2_000)
    await card.update({ staticMarkdown: BAD })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(() => card.append('还有')).toThrow(/refused by the review of contents/)
    expect(await card.finish()).toMatchObject({ status: 'refused' })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('end').map(({ content }) => content)).toEqual(['换个话题吧'])
  })

  test('the first update of a template that is created bare', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate02fcf2f4 } })
    platform.refuse(review)
    expect(await stream(platform, ['好的'], { staticMarkdown: BAD })).toMatchObject({ status: 'refused' })
    expect(saying(platform)).toHaveLength(1)
    expect(platform.of('end').map(({ content }) => content)).toEqual([DEFAULT_REFUSED_TEXT])
  })

  test('a card in the midst of a long text: nothing follows it', async () => {
    const platform = createPlatformStub()
    platform.refuse(call => (call.kind === 'end' ? review(call, 0) : undefined))
    const finishing = platform
      .aiCard({ maxLength: 100 })
      .finish(`${'字'.repeat(99)}\n\n${BAD.repeat(50)}\n\n${'字'.repeat(90)}`)
    await vi.advanceTimersByTimeAsync(60_000)
    const result = await finishing
    expect(result).toMatchObject({ status: 'refused' })
    expect(result.cards).toHaveLength(2)
    expect(platform.of('end').at(-1)?.content).toBe(DEFAULT_REFUSED_TEXT)
    expect(platform.messages).toEqual([])
  })
})

describe('a text that goes out as a message', () => {
  const DENIED = { status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' }

  test.each(['430101', '430102', '430103', '430104'])('is refused with %s, and the notice is said', async code => {
    const platform = createPlatformStub()
    platform.refuse(call => {
      if (call.kind !== 'message') return DENIED
      return JSON.stringify(call.body).includes(BAD) ? { status: 200, code } : undefined
    })
    const result = await stream(platform, [`一点${BAD}的话`])
    expect(result).toMatchObject({ status: 'refused', reason: { code } })
    expect(platform.messages).toEqual([DEFAULT_REFUSED_TEXT])
    expect(platform.of('message')).toHaveLength(2)
  })

  test('and not even the notice passes: the result says so, and nothing throws', async () => {
    const platform = createPlatformStub()
    platform.refuse(({ kind }) => (kind === 'message' ? { status: 200, code: '430104' } : DENIED))
    expect(await stream(platform, ['好的'])).toMatchObject({ status: 'refused' })
    expect(platform.of('message')).toHaveLength(2)
  })

  test('because the card could not be ended', async () => {
    const platform = createPlatformStub()
    platform.refuse(call => {
      if (call.kind === 'create') return undefined
      return call.kind === 'message' && call.content.includes(BAD)
        ? { status: 200, code: '430104' }
        : call.kind === 'message'
          ? undefined
          : DENIED
    })
    const result = await stream(platform, [`一点${BAD}的话`])
    expect(result).toMatchObject({ status: 'refused', reason: { code: '430104' } })
    expect(platform.messages).toEqual([DEFAULT_REFUSED_TEXT])
    expect(platform.of('message')).toHaveLength(2)
  })
})

test('a card that a crash left open is not ended with the same text twice', async () => {
  const platform = createPlatformStub({ lease: 1_000 })
  platform.aiCard().append(`一点${BAD}的话`)
  await vi.advanceTimersByTimeAsync(3_000)
  platform.engine.leases.close()
  const another = createPlatformStub({ lease: 1_000 })
  for await (const { key, value } of platform.store.list('cards:lease:')) await another.store.set(key, value)
  another.refuse(review)
  await vi.advanceTimersByTimeAsync(5_000)
  another.engine.start()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(saying(another)).toHaveLength(1)
  expect(another.of('end').at(-1)?.content).toBe(DEFAULT_REFUSED_TEXT)
  expect(await leases(another)).toBe(0)
  await another.engine.stop(AbortSignal.abort())
  await platform.engine.stop(AbortSignal.abort())
  vi.clearAllTimers()
})
