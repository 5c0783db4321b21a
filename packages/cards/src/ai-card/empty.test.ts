import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DEFAULT_EMPTY_TEXT, DEFAULT_FAILURE_TEXT } from '../engine/limits.ts'
import { aiTemplate675cde2f } from '../template/presets.ts'
import { createPlatformStub, FAKED, type PlatformStub } from '../testing/platform-stub.ts'
import type { StreamOptions, StreamResult } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

async function ended(ending: Promise<StreamResult>): Promise<StreamResult> {
  await vi.advanceTimersByTimeAsync(60_000)
  return ending
}

const choice = (delta: object, finish_reason: string | null = null) => ({ choices: [{ delta, finish_reason }] })

/** What a card shows at its end. */
const lastOf = (platform: PlatformStub): string | undefined => platform.of('end').at(-1)?.content

describe('a model that says nothing leaves a line that can be read, and the result says why', () => {
  const sources: readonly (readonly [string, readonly unknown[], string])[] = [
    ['gives nothing', [], 'nothing'],
    ['gives empty pieces', ['', ''], 'nothing'],
    ['gives blanks', [' \n', '\u00a0'], 'blank'],
    ['gives what has no width', ['\u200b\u2060', '\ufeff'], 'blank'],
    ['gives fillers', ['\u3164\u2800\u115f'], 'blank'],
    ['gives blanks of HTML', ['&nbsp;<br/>&#8203;'], 'blank'],
    ['gives half a character', ['\ud83d'], 'nothing'],
    ['only thinks (OpenAI)', [choice({ reasoning_content: '想' }), choice({}, 'stop')], 'reasoning'],
    ['only thinks (OpenRouter)', [choice({ reasoning: '想' }), choice({}, 'stop')], 'reasoning'],
    ['thinks too long (OpenAI)', [choice({ reasoning_content: '想' }), choice({ content: '' }, 'length')], 'length'],
    [
      'thinks too long (AI SDK)',
      [
        { type: 'reasoning-delta', text: '想' },
        { type: 'finish', finishReason: 'length' },
      ],
      'length',
    ],
    ['thinks too long (AI SDK 6)', [{ type: 'finish', finishReason: { unified: 'length', raw: 'length' } }], 'length'],
    [
      'thinks too long (responses)',
      [
        { type: 'response.reasoning_text.delta', delta: '想' },
        { type: 'response.incomplete', response: { incomplete_details: { reason: 'max_output_tokens' } } },
      ],
      'length',
    ],
    ['calls tools and says nothing', [choice({ tool_calls: [{ index: 0 }] }), choice({}, 'tool_calls')], 'nothing'],
  ]

  test.each(sources)('%s', async (_name, source, reason) => {
    const platform = createPlatformStub()
    const result = await ended(platform.aiCard({ title: '助手' }).stream(source))
    expect(result).toMatchObject({ status: 'empty', endedBy: 'source', reason })
    expect(lastOf(platform)).toBe(DEFAULT_EMPTY_TEXT)
    expect(platform.of('update').at(-1)?.variables).toMatchObject({ msgContent: DEFAULT_EMPTY_TEXT, flowStatus: '3' })
  })
})

test('the line is an option, and a blank one is not taken', async () => {
  const own = createPlatformStub({ aiCard: { emptyText: '没听懂' } })
  await ended(own.aiCard().stream([]))
  expect(lastOf(own)).toBe('没听懂')
  const blank = createPlatformStub()
  await ended(blank.aiCard({ emptyText: ' ' }).stream([]))
  expect(lastOf(blank)).toBe(DEFAULT_EMPTY_TEXT)
})

test('the word of the model is in the result of a text that was cut as well', async () => {
  const platform = createPlatformStub()
  const result = await ended(platform.aiCard().stream([choice({ content: '半' }), choice({}, 'length')]))
  expect(result).toMatchObject({ status: 'finished', finishReason: 'length' })
})

test('thoughts that go into the text are text', async () => {
  const platform = createPlatformStub()
  const options: StreamOptions = { onReasoning: thought => `> ${thought}` }
  expect(await ended(platform.aiCard().stream([choice({ reasoning_content: '想' })], options))).toMatchObject({
    status: 'finished',
    text: '> 想',
  })
})

test('where there is no card, the line goes out as a message', async () => {
  const platform = createPlatformStub()
  platform.refuse(({ kind }) => (kind === 'create' ? { status: 400, code: 'param.templateNotExist' } : undefined))
  expect(await ended(platform.aiCard().stream([' ']))).toMatchObject({ status: 'empty', reason: 'blank' })
  expect(platform.messages).toEqual([DEFAULT_EMPTY_TEXT])
})

describe('a card that is written by hand', () => {
  test.each([undefined, '', ' \u200b'])('and finished with %j is empty', async final => {
    const platform = createPlatformStub()
    expect(await ended(platform.aiCard().finish(final))).toMatchObject({ status: 'empty' })
    expect(lastOf(platform)).toBe(DEFAULT_EMPTY_TEXT)
  })

  test('is not empty where it says something beside its text', async () => {
    const platform = createPlatformStub()
    const card = platform.aiCard({ staticMarkdown: '请审批' })
    expect(await ended(card.finish(undefined, { buttons: [{ text: '同意', id: 'yes' }] }))).toMatchObject({
      status: 'finished',
    })
    expect(lastOf(platform)).toBe(' ')
  })
})

test('a card that fails or is stopped without text is not blank either', async () => {
  const failing = createPlatformStub()
  const card = failing.aiCard({ failureText: '' })
  await card.start()
  expect(await ended(card.fail())).toMatchObject({ status: 'failed' })
  expect(lastOf(failing)).toBe(DEFAULT_EMPTY_TEXT)
  const stopped = createPlatformStub()
  expect(await ended(stopped.aiCard({ signal: AbortSignal.abort('x') }).stream([]))).toMatchObject({
    status: 'stopped',
    reason: 'x',
  })
  expect(lastOf(stopped)).toBe(DEFAULT_EMPTY_TEXT)
})

test('a template that takes the finished text in blocks gets the line in them', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
  await ended(platform.aiCard().stream([]))
  const blockList = JSON.stringify([{ type: 0, markdown: DEFAULT_EMPTY_TEXT }])
  expect(platform.of('update').at(-1)?.variables).toMatchObject({ blockList, flowStatus: '3' })
})

describe('by hand, from a program without types', () => {
  test('deltas that are null or undefined are no words', async () => {
    const platform = createPlatformStub()
    const card = platform.aiCard()
    for (const delta of ['你', null, undefined, '好']) Reflect.apply(card.append, card, [delta])
    expect(await ended(Reflect.apply(card.finish, card, [null]))).toMatchObject({ status: 'finished', text: '你好' })
    expect(lastOf(platform)).toBe('你好')
  })

  test('what was caught is the reason, and people read the usual notice', async () => {
    const platform = createPlatformStub()
    const card = platform.aiCard()
    const error = new Error('the model is gone')
    card.append('一')
    expect(await ended(Reflect.apply(card.fail, card, [error]))).toMatchObject({ status: 'failed', reason: error })
    expect(lastOf(platform)).toBe(`一\n\n${DEFAULT_FAILURE_TEXT}`)
  })
})
