import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Part } from './part.ts'
import { readSource } from './read.ts'
import type { TextSource } from './source.ts'

async function read(source: TextSource): Promise<Part[]> {
  const parts: Part[] = []
  const { signal } = new AbortController()
  await readSource(source, { idleTimeout: 1_000, signal, onPart: part => void parts.push(part) })
  return parts
}

const textOf = async (source: TextSource): Promise<string> =>
  (await read(source)).map(part => (part.kind === 'text' ? part.text : '')).join('')

test.each([
  ['chat completions', { choices: [{ delta: { content: null, refusal: '恕难从命' } }] }],
  ['responses', { type: 'response.refusal.delta', delta: '恕难从命' }],
])('what a model says when it declines is text, of %s', async (_, chunk) => {
  expect(await read([chunk])).toContainEqual({ kind: 'text', text: '恕难从命' })
})

describe('a source may be', () => {
  test('an async iterable of strings', async () => {
    async function* source() {
      yield '你'
      yield '好'
    }
    expect(await textOf(source())).toBe('你好')
  })

  test('a sync iterable, and a string is one piece', async () => {
    expect(await textOf(['你', '好'])).toBe('你好')
    expect(await read('你好')).toEqual([{ kind: 'text', text: '你好' }])
  })

  test('a ReadableStream, of strings or of bytes that are cut within a character', async () => {
    const bytes = new TextEncoder().encode('你好')
    const streamOf = (chunks: readonly unknown[]) =>
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk)
          controller.close()
        },
      })
    expect(await textOf(streamOf(['你', '好']))).toBe('你好')
    expect(await textOf(streamOf([bytes.slice(0, 4), bytes.slice(4)]))).toBe('你好')
  })

  test('chunks of the OpenAI SDK, with the reasoning of DeepSeek and Qwen and calls of tools', async () => {
    const chunks = [
      { choices: [{ delta: { role: 'assistant', content: '' } }] },
      { choices: [{ delta: { reasoning_content: '想' } }] },
      { choices: [{ delta: { content: '你好' } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0 }] } }] },
      { choices: [], usage: {} },
    ]
    expect(await read(chunks)).toEqual([
      { kind: 'reasoning', text: '想' },
      { kind: 'text', text: '你好' },
      { kind: 'other', part: { type: 'tool_calls', tool_calls: [{ index: 0 }] } },
    ])
  })

  test('parts of the AI SDK, in each spelling', async () => {
    const parts = [
      { type: 'start' },
      { type: 'reasoning-delta', text: '想' },
      { type: 'text-delta', text: 'a' },
      { type: 'text-delta', delta: 'b' },
      { type: 'text-delta', textDelta: 'c' },
      { type: 'finish-step' },
    ]
    expect((await read(parts)).map(({ kind }) => kind)).toEqual(['other', 'reasoning', 'text', 'text', 'text', 'step'])
    expect(await textOf(parts)).toBe('abc')
  })

  test('not the result of a call as a whole: the error says what to give instead', async () => {
    await expect(read({ textStream: [] } as never)).rejects.toThrow(/textStream/)
  })
})

test('an error part of a stream is thrown, and the source is told', async () => {
  const error = new Error('overloaded')
  let isTold = false
  async function* source() {
    try {
      yield { type: 'error', error }
    } finally {
      isTold = true
    }
  }
  await expect(read(source())).rejects.toBe(error)
  await expect.poll(() => isTold).toBe(true)
})

test('a stream that hangs is cancelled, though a read is pending', async () => {
  let isCancelled = false
  const stream = new ReadableStream({
    cancel() {
      isCancelled = true
    },
  })
  const { signal } = new AbortController()
  await expect(readSource(stream, { idleTimeout: 20, signal, onPart() {} })).rejects.toMatchObject({
    code: 'ERR_SOURCE_IDLE',
  })
  expect(isCancelled).toBe(true)
})

test('a source that is slow but goes on does not count as hung', async () => {
  async function* source() {
    for (const piece of ['a', 'b', 'c', 'd']) {
      await new Promise(resolve => setTimeout(resolve, 30))
      yield piece
    }
  }
  const parts: Part[] = []
  const { signal } = new AbortController()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const reading = readSource(source(), { idleTimeout: 90, signal, onPart: part => void parts.push(part) })
  await vi.advanceTimersByTimeAsync(4 * 30)
  await reading
  expect(parts).toHaveLength(4)
})

test('a source without end that never waits can be aborted, and lets others have their turn', async () => {
  function* source() {
    for (;;) yield ''
  }
  await expect(
    readSource(source(), { idleTimeout: 60_000, signal: AbortSignal.timeout(20), onPart() {} }),
  ).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('a source whose return() never settles holds up nobody', async () => {
  let isTold = false
  const source: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return() {
        isTold = true
        return new Promise(() => {})
      },
    }),
  }
  const controller = new AbortController()
  const reading = readSource(source, { idleTimeout: 60_000, signal: controller.signal, onPart() {} })
  controller.abort(new Error('enough'))
  await expect(reading).rejects.toThrow('enough')
  expect(isTold).toBe(true)
})

test.each([
  { type: 'error', message: 'overloaded' },
  { type: 'response.failed', response: { error: { message: 'overloaded' } } },
])('a model that says that it failed has failed: %j', async part => {
  await expect(read([part])).rejects.toThrow('overloaded')
})
