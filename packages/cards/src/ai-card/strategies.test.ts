import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { evidenceNamed } from '../../../core/fixtures/evidence.ts'
import { aiTemplate8aebdfb9, aiTemplate02fcf2f4, aiTemplate382e4302, aiTemplate675cde2f } from '../template/presets.ts'
import { createPlatformStub, FAKED, type PlatformStub } from '../testing/platform-stub.ts'
import type { AiCardOptions, StreamOptions } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** Writes a text in two pieces, with time for a frame after each. */
async function write(platform: PlatformStub, options: AiCardOptions = {}, last: StreamOptions = {}): Promise<void> {
  const card = platform.aiCard(options)
  for (const piece of ['你好', '，世界']) {
    card.append(piece)
    await vi.advanceTimersByTimeAsync(2_000)
  }
  const finishing = card.finish(undefined, last)
  await vi.advanceTimersByTimeAsync(5_000)
  await finishing
}

const kinds = (platform: PlatformStub) => platform.calls.map(({ kind }) => kind)
const variablesOf = (platform: PlatformStub, kind: 'create' | 'update') => platform.of(kind).map(it => it.variables)
const BUTTONS = { buttons: [{ text: '重试', id: 'again' }] }

/** The variables in a body of the evidence, wherever they stand in it. */
function mapIn(value: unknown): Record<string, string> {
  const [, found] = /"cardParamMap":(\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\})/.exec(JSON.stringify(value)) ?? []
  return found ? JSON.parse(found) : {}
}

describe('382e4302, the default', () => {
  test('is created in state 1, told that text comes, and finished in state 3', async () => {
    const platform = createPlatformStub()
    await write(platform, { title: '助手' })
    expect(kinds(platform)).toEqual(['create', 'update', 'frame', 'frame', 'end', 'update'])
    expect(platform.of('create')[0]?.body.cardTemplateId).toBe(aiTemplate382e4302.id)
    const [first, last] = variablesOf(platform, 'update')
    expect(variablesOf(platform, 'create')[0]).toMatchObject({ flowStatus: '1', msgContent: '', msgTitle: '助手' })
    expect(first).toMatchObject({ flowStatus: '2', msgContent: '' })
    expect(last).toMatchObject({ flowStatus: '3', msgContent: '你好，世界' })
  })

  test('gets its buttons in state 3 alone, whenever they were given', async () => {
    const platform = createPlatformStub()
    await write(platform, BUTTONS)
    const shown = platform.calls.filter(({ body }) => JSON.stringify(body).includes('msgButtons\\":['))
    expect(shown.map(({ variables }) => variables.flowStatus)).toEqual(['3'])
  })

  test('repeats its state with an update in mid-stream', async () => {
    const platform = createPlatformStub()
    const card = platform.aiCard()
    card.append('你好')
    await vi.advanceTimersByTimeAsync(2_000)
    await card.update({ staticMarkdown: '资料' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(variablesOf(platform, 'update').at(-1)).toMatchObject({ flowStatus: '2', staticMsgContent: '资料' })
    const finishing = card.finish()
    await vi.advanceTimersByTimeAsync(2_000)
    await finishing
  })

  test('has no empty title or logo', async () => {
    const platform = createPlatformStub()
    await write(platform, { title: '', logo: '' })
    const all = platform.calls.flatMap(({ variables }) => Object.keys(variables))
    expect(all).not.toContain('msgTitle')
    expect(all).not.toContain('logo')
  })
})

describe('02fcf2f4', () => {
  const evidence = evidenceNamed('cards', 'req.02fcf2f4.chain').data
  const chain: readonly unknown[] = Array.isArray(evidence) ? evidence : []

  test('goes the way that was seen: created bare, delivered, told all in state 2, streamed, finished in state 3', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate02fcf2f4 } })
    await write(platform)
    expect(kinds(platform)).toEqual(['create', 'deliver', 'update', 'frame', 'frame', 'end', 'update'])
    expect(platform.of('create')[0]?.body.cardTemplateId).toBe(`${aiTemplate02fcf2f4.id}`)
    expect(variablesOf(platform, 'create')[0]).toEqual(mapIn(chain[0]))
    const [first, last] = variablesOf(platform, 'update')
    expect(first).toEqual(mapIn(chain[2]))
    expect(last).toEqual({ ...mapIn(chain[5]), msgContent: '你好，世界' })
    expect(platform.of('frame')[0]?.body).toMatchObject({ key: 'msgContent', isFull: true, isFinalize: false })
    expect(platform.of('end')[0]?.body).toMatchObject({ content: '你好，世界', isFinalize: true, isError: false })
  })

  test('names sections in its order that there is something for', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate02fcf2f4 } })
    await write(platform, {}, { ...BUTTONS, staticMarkdown: '资料' })
    const last = variablesOf(platform, 'update').at(-1)
    expect(JSON.parse(last?.sys_full_json_obj ?? '')).toMatchObject({
      order: ['msgContent', 'staticMsgContent', 'msgButtons'],
      msgButtons: [{ text: '重试' }],
    })
    expect(last?.staticMsgContent).toBe('资料')
  })

  test('is told all with few calls as well, and can be created in two', async () => {
    const platform = createPlatformStub({ templates: { ai: { ...aiTemplate02fcf2f4, deliver: { separately: true } } } })
    await write(platform, { quota: 'low' })
    expect(kinds(platform).slice(0, 3)).toEqual(['create', 'deliver', 'update'])
    expect(variablesOf(platform, 'update')[0]).toMatchObject({ flowStatus: '2' })
  })
})

describe('675cde2f', () => {
  const { statusLine, ...seen } = mapIn(evidenceNamed('cards', 'req.both.675cde2f').data)

  test('is created in state 2, opened by a blank frame, and finished with its text in blocks', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
    await write(platform, { tips: '想一想' })
    expect(kinds(platform)).toEqual(['create', 'frame', 'frame', 'frame', 'end', 'update'])
    expect(variablesOf(platform, 'create')[0]).toEqual({
      ...seen,
      statusLine: '想一想',
      hasAction: 'false',
      stop_action: 'false',
    })
    expect(platform.of('frame')[0]?.body).toMatchObject({ key: 'content', content: ' ' })
    expect(variablesOf(platform, 'update')).toMatchObject([
      {
        flowStatus: '3',
        content: '你好，世界',
        blockList: '[{"type":0,"markdown":"你好，世界"}]',
        copy_content: '你好，世界',
      },
    ])
  })

  test('has its stop button from the start, and not at the end, where somebody listens', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
    const card = platform.aiCard({}, { isStoppable: true })
    card.append('你好')
    await vi.advanceTimersByTimeAsync(2_000)
    await card.update({ tips: '还在想' })
    const finishing = card.finish()
    await vi.advanceTimersByTimeAsync(5_000)
    await finishing
    expect(variablesOf(platform, 'create')[0]).toEqual({ ...seen, statusLine: '' })
    expect(variablesOf(platform, 'update').at(-1)).toMatchObject({ stop_action: 'false', flowStatus: '3' })
  })

  test('lays a long text into blocks that it takes', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f }, aiCard: { maxLength: 20_000 } })
    const text = Array.from({ length: 60 }, (_, index) => `第 ${index} 段：${'字'.repeat(100)}`).join('\n\n')
    const finishing = platform.aiCard().finish(text)
    await vi.advanceTimersByTimeAsync(5_000)
    await finishing
    const blocks: unknown = JSON.parse(variablesOf(platform, 'update').at(-1)?.blockList ?? '')
    const texts = Array.isArray(blocks) ? blocks.map(({ markdown }) => String(markdown)) : []
    expect(texts.join('\n\n')).toBe(text)
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(2_500)
  })

  test('ends a text that was broken off in a state that it knows', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
    const card = platform.aiCard()
    card.append('一半')
    await vi.advanceTimersByTimeAsync(2_000)
    const failing = card.fail('（中断）')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await failing).toMatchObject({ status: 'failed', reason: '（中断）' })
    expect(platform.of('end')[0]?.body).toMatchObject({ isFinalize: true, isError: false })
    expect(variablesOf(platform, 'update').at(-1)).toMatchObject({ flowStatus: '3', content: '一半\n\n（中断）' })
  })

  test('says once that it draws no buttons from data', async () => {
    const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
    await write(platform, BUTTONS)
    await write(platform, BUTTONS)
    expect(platform.warnings.filter(text => text.includes('shows no buttons'))).toHaveLength(1)
  })
})

test('8aebdfb9 is created empty, and its stream says all: no update, and no state', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate8aebdfb9 } })
  await write(platform, { title: '助手', staticMarkdown: '资料' })
  expect(kinds(platform)).toEqual(['create', 'frame', 'frame', 'end'])
  expect(variablesOf(platform, 'create')).toEqual([{ content: '' }])
  expect(platform.of('end')[0]?.body).toMatchObject({ key: 'content', content: '你好，世界', isFinalize: true })
})

test('8aebdfb9 gets its text by an update where its stream is refused', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate8aebdfb9 } })
  platform.refuse(({ kind }) => (kind === 'end' ? { status: 500, code: 'unknownError' } : undefined))
  await write(platform)
  expect(variablesOf(platform, 'update')).toEqual([{ content: '你好，世界' }])
})

describe('a template of one’s own', () => {
  test('has its words for the states, what stays, and a text to begin with', async () => {
    const mine = {
      id: 'mine',
      variables: { content: 'body', status: 'state', layout: 'parts', title: false, logo: false },
      states: { processing: 'thinking', inputting: 'writing', finished: 'done' },
      fixed: { theme: 'dark' },
      placeholder: '思考中…',
    } as const
    const platform = createPlatformStub({ templates: { ai: mine } })
    await write(platform)
    expect(platform.of('create')[0]?.body.cardTemplateId).toBe('mine.schema')
    expect(variablesOf(platform, 'create')[0]).toMatchObject({ body: '思考中…', state: 'thinking', theme: 'dark' })
    const [first, last] = variablesOf(platform, 'update')
    expect(first).toMatchObject({ body: '思考中…', state: 'writing', theme: 'dark' })
    expect(last).toMatchObject({ body: '你好，世界', state: 'done', theme: 'dark' })
  })

  test('may be a preset with something else, and a call may take another', async () => {
    const platform = createPlatformStub({ templates: { ai: { ...aiTemplate02fcf2f4, id: 'copy-of-it' } } })
    await write(platform, { template: { placeholder: '…' } })
    await write(platform, { template: aiTemplate8aebdfb9 })
    const [own, other] = platform.of('create')
    expect(own?.body.cardTemplateId).toBe('copy-of-it.schema')
    expect(own?.variables).toEqual({ config: '{"autoLayout":true}' })
    expect(other?.body.cardTemplateId).toBe(aiTemplate8aebdfb9.id)
    expect(other?.variables).toEqual({ content: '' })
  })

  test('shows buttons in the states that it says', async () => {
    const platform = createPlatformStub({ templates: { ai: { id: 'mine', buttonsIn: ['inputting', 'failed'] } } })
    await write(platform, BUTTONS)
    const shown = platform.calls.filter(({ body }) => JSON.stringify(body).includes('msgButtons\\":['))
    expect(shown.map(({ variables }) => variables.flowStatus)).toEqual(['2'])
  })
})

test('a card that a crash left open on 675cde2f is ended in its own way', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f }, lease: 1_000 })
  platform.aiCard().append('一半')
  await vi.advanceTimersByTimeAsync(3_000)
  platform.engine.leases.close()
  const another = createPlatformStub({ lease: 1_000 })
  for await (const { key, value } of platform.store.list('cards:lease:')) await another.store.set(key, value)
  await vi.advanceTimersByTimeAsync(5_000)
  another.engine.start()
  await vi.advanceTimersByTimeAsync(5_000)
  const [last] = variablesOf(another, 'update')
  expect(last).toMatchObject({
    flowStatus: '3',
    stop_action: 'false',
    config: '{"autoLayout":true,"enableForward":true}',
  })
  expect(last?.blockList).toContain('一半')
  await another.engine.stop(AbortSignal.abort())
  await platform.engine.stop(AbortSignal.abort())
  vi.clearAllTimers()
})
