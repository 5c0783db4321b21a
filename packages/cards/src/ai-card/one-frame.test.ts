import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aiTemplate8aebdfb9 } from '../template/presets.ts'
import { createPlatformStub, FAKED, type PlatformStub } from '../testing/platform-stub.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const badRequest = (code: string) => ({ status: 400, code })
const ONE_FRAME = ['invalid.content', 'param.stream.content', 'Missingcontent', 'param.invalid']

/** Writes three pieces with time for a frame after each. */
async function write(platform: PlatformStub): Promise<ReturnType<ReturnType<PlatformStub['aiCard']>['finish']>> {
  const card = platform.aiCard()
  for (const piece of ['一', '二', '三']) {
    card.append(piece)
    await vi.advanceTimersByTimeAsync(2_000)
  }
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(60_000)
  return finishing
}

const contents = (platform: PlatformStub) => platform.of('frame', 'end').map(({ content }) => content)

describe.each(ONE_FRAME)('one frame that is refused with 400 %s', code => {
  test.each([0, 1])('(number %d) costs that frame, and the next one shows all', async number => {
    const platform = createPlatformStub()
    let frames = 0
    platform.refuse(({ kind }) => (kind === 'frame' && frames++ === number ? badRequest(code) : undefined))
    expect(await write(platform)).toMatchObject({ status: 'finished', text: '一二三' })
    expect(contents(platform)).toContain('一二')
    expect(contents(platform).at(-1)).toBe('一二三')
    expect(platform.messages).toEqual([])
    expect(platform.warnings).toEqual([])
  })

  test('is not sent again as it is, once the variable is known to be right', async () => {
    const platform = createPlatformStub()
    platform.refuse(({ content, kind }) => (kind === 'frame' && content === '一二' ? badRequest(code) : undefined))
    await write(platform)
    expect(contents(platform)).toEqual(['一', '一二', '一二三', '一二三'])
  })

  test('as the last one leaves the text to the update', async () => {
    const platform = createPlatformStub()
    platform.refuse(({ kind }) => (kind === 'end' ? badRequest(code) : undefined))
    expect(await write(platform)).toMatchObject({ status: 'finished' })
    expect(platform.of('update').at(-1)?.variables).toMatchObject({ msgContent: '一二三', flowStatus: '3' })
    expect(platform.messages).toEqual([])
  })
})

test('frames that are all refused are given up after three, and the update carries the text', async () => {
  const platform = createPlatformStub()
  platform.refuse(({ kind }) => (kind === 'frame' || kind === 'end' ? badRequest('param.invalid') : undefined))
  const card = platform.aiCard()
  for (const piece of '一二三四五六') {
    card.append(piece)
    await vi.advanceTimersByTimeAsync(2_000)
  }
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await finishing).toMatchObject({ status: 'finished' })
  expect(platform.of('frame')).toHaveLength(3)
  expect(platform.of('update').at(-1)?.variables.msgContent).toBe('一二三四五六')
})

test('a card without a state is ended by its stream, also where that was given up', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate8aebdfb9 } })
  platform.refuse(({ kind }) => (kind === 'frame' ? badRequest('param.invalid') : undefined))
  const card = platform.aiCard()
  for (const piece of '一二三四五六') {
    card.append(piece)
    await vi.advanceTimersByTimeAsync(2_000)
  }
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await finishing).toMatchObject({ status: 'finished' })
  expect(platform.of('frame')).toHaveLength(3)
  expect(platform.of('end').map(({ body }) => body)).toMatchObject([{ content: '一二三四五六', isFinalize: true }])
})

describe('a card on which nothing will ever be seen ends, and its text goes out as a message', () => {
  test('because its variable is the wrong one; the next cards are spared', async () => {
    const platform = createPlatformStub()
    platform.refuse(({ kind }) => (kind === 'frame' || kind === 'end' ? badRequest('invalid.content') : undefined))
    const result = await write(platform)
    expect(result).toMatchObject({ status: 'finished', fallback: { reason: { code: 'invalid.content' } } })
    expect(platform.messages).toEqual(['一二三'])
    expect(platform.of('frame')).toHaveLength(3)
    expect(platform.of('update').at(-1)?.variables.flowStatus).toBe('5')
    expect(platform.of('update').at(-1)?.variables.msgContent).not.toContain('一')
    await write(platform)
    expect(platform.of('create')).toHaveLength(1)
    expect(platform.messages).toEqual(['一二三', '一二三'])
  })

  test('also when that turns out only with its last frame', async () => {
    const platform = createPlatformStub()
    platform.refuse(({ kind }) => (kind === 'end' ? badRequest('invalid.content') : undefined))
    const finishing = platform.aiCard().finish('一')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await finishing).toMatchObject({ fallback: { reason: { code: 'invalid.content' } } })
    expect(platform.messages).toEqual(['一'])
    expect(platform.of('end')).toHaveLength(2)
  })

  test.each(['param.stream.outTrackId', 'param.cardNotExist'])(
    'because the platform knows no such card (%s)',
    async code => {
      const platform = createPlatformStub()
      platform.refuse(({ kind }) => (kind === 'create' || kind === 'message' ? undefined : badRequest(code)))
      expect(await write(platform)).toMatchObject({ status: 'finished', fallback: { reason: { code } } })
      expect(platform.of('frame')).toHaveLength(1)
      expect(platform.messages).toEqual(['一二三'])
    },
  )
})
