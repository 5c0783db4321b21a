import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aiTemplate382e4302, aiTemplate675cde2f } from '../template/presets.ts'
import { createPlatformStub, FAKED, type PlatformStub } from '../testing/platform-stub.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const LONE = /\p{Surrogate}/u
/** Half characters in the escapes of JSON, of any depth. */
const ESCAPED = /\\u(?:d[89ab][0-9a-f]{2}(?!\\+ud[c-f])|(?<!\\+ud[89ab][0-9a-f]{2}\\+u)d[c-f][0-9a-f]{2})/i

/** All that was sent, as it is put on the wire. */
const sentBy = (platform: PlatformStub): string => platform.calls.map(({ body }) => JSON.stringify(body)).join('\n')

function expectWhole(platform: PlatformStub): void {
  expect(sentBy(platform)).not.toMatch(LONE)
  expect(sentBy(platform)).not.toMatch(ESCAPED)
}

/** Text that is rich in characters of two units, and in sequences of several. */
const letters = fc.constantFrom('好', 'a', ' ', '\n\n', '😀', '𠮷', '👨‍👩‍👧', '🇨🇳', '👍🏽', '**', '`', '```\n')
const text = fc.array(letters, { minLength: 1, maxLength: 150 }).map(parts => parts.join(''))
const halves = fc.constantFrom('', '\ud83d', '\ude00', '\ude00\ud83d')

/** A text cut at any unit, and how long to wait after each piece. */
const pieces = fc.tuple(text, halves, fc.array(fc.nat(), { maxLength: 12 })).map(([whole, half, cuts]) => {
  const all = whole + half
  const at = [0, ...cuts.map(cut => cut % (all.length + 1)).sort((a, b) => a - b), all.length]
  return { whole, half, pieces: at.slice(1).map((end, index) => all.slice(at[index], end)) }
})

async function write(platform: PlatformStub, parts: readonly string[], wait: number): Promise<string> {
  const card = platform.aiCard({ maxLength: 100, interval: 300 })
  for (const part of parts) {
    card.append(part)
    await vi.advanceTimersByTimeAsync(wait)
  }
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(120_000)
  return (await finishing).text
}

test.each([
  ['a card', aiTemplate382e4302, false],
  ['a card that takes blocks', aiTemplate675cde2f, false],
  ['a message', aiTemplate382e4302, true],
])('however a text is cut, no half character is sent: %s', async (_name, ai, isMessage) => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.constantFrom(0, 400, 900), async ({ whole, pieces }, wait) => {
      const platform = createPlatformStub({ templates: { ai } })
      platform.refuse(({ kind }) => {
        return isMessage && kind === 'create' ? { status: 400, code: 'param.templateNotExist' } : undefined
      })
      const written = await write(platform, pieces, wait)
      expectWhole(platform)
      expect(written.startsWith(whole)).toBe(true)
      // What is lone in the text itself is gone, or marked.
      expect(written.slice(whole.length)).toMatch(/^\ufffd{0,2}$/)
    }),
    { numRuns: 60 },
  )
})

test('the halves of a character meet, whatever a frame shows in between', async () => {
  const platform = createPlatformStub()
  expect(await write(platform, ['好的\ud83d', '\ude00'], 900)).toBe('好的😀')
  const [first, second] = platform.of('frame')
  expect(first?.content).toBe('好的')
  expect(second?.content).toBe('好的😀')
  expect(platform.of('end')[0]?.content).toBe('好的😀')
})

test('a sequence that is not complete shows no joiner at its end', async () => {
  const platform = createPlatformStub()
  await write(platform, ['家👨\u200d', '👩\u200d👧'], 900)
  expect(platform.of('frame').map(({ content }) => content)).toEqual(['家👨', '家👨\u200d👩\u200d👧'])
})

test('nor does anything beside the text', async () => {
  const platform = createPlatformStub()
  const half = '半\ud83d'
  const card = platform.aiCard({ title: half, source: half, data: { own: half, list: [{ half }] } })
  card.append('好')
  await vi.advanceTimersByTimeAsync(2_000)
  await card.update({ staticMarkdown: half, buttons: [{ text: half, id: 'x' }] })
  const failing = card.fail(half)
  await vi.advanceTimersByTimeAsync(60_000)
  await failing
  expectWhole(platform)
  expect(platform.of('end')[0]?.content).toBe('好\n\n半\ufffd')
})

test('nor does a text that is cut because a card takes no more', async () => {
  const platform = createPlatformStub()
  const card = platform.aiCard({ maxLength: 20_000 })
  card.append(`a${'😀'.repeat(9_990)}`)
  const failing = card.fail('😀'.repeat(20))
  await vi.advanceTimersByTimeAsync(60_000)
  await failing
  expectWhole(platform)
  expect(platform.of('end')[0]?.content.length).toBeLessThanOrEqual(20_000)
})
