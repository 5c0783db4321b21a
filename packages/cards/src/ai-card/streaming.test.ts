import { describe, expect, test } from 'vitest'
import { createFaucet, createStage, INSTANCES, STREAM } from '../testing/stage.ts'

describe.concurrent('an AI card that streams', () => {
  test('reads its source at full speed: a thousand pieces at once are one frame', async () => {
    await using stage = await createStage()
    const pieces = Array.from({ length: 1_000 }, () => '字')
    await stage.answer(ctx => ctx.aiCard().stream(pieces))
    expect(stage.bodies(STREAM)).toHaveLength(1)
    expect([...stage.sim.cards.values()]).toMatchObject([{ variables: { msgContent: '字'.repeat(1_000) } }])
  })

  test('sends the newest text with a frame that had to wait for the rate limit', async () => {
    await using stage = await createStage({ bot: { throttle: { perSecond: 4, burst: 1, cardsPerSecond: 2 } } })
    const { sim } = stage
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      // The creation and the first update have used up the second, so the frame waits.
      card.append('旧')
      await sim.until(() => sim.calls.some(({ path, method }) => path === INSTANCES && method === 'PUT'))
      card.append('，新')
      await stage.shows(({ variables }) => variables.msgContent !== '')
      await card.finish()
    })
    expect(stage.bodies(STREAM)[0]).toMatchObject({ content: '旧，新' })
  })

  test('lets a card that appears go before one that ends, and that before one that grows', async () => {
    await using stage = await createStage()
    const priorities = new Map<string, number | undefined>()
    stage.bot.api.use(async (call, next) => {
      const isLast = JSON.stringify(call.body).includes('"isFinalize":true')
      const name =
        call.path === STREAM ? (isLast ? 'end' : 'frame') : call.path.endsWith('createAndDeliver') ? 'create' : 'update'
      if (!priorities.has(name)) priorities.set(name, call.priority)
      return next()
    })
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      card.append('字')
      await stage.shows(({ variables }) => variables.msgContent === '字')
      await card.finish('字词')
    })
    expect(Object.fromEntries(priorities)).toEqual({ create: 0, end: 1, frame: 2, update: 2 })
  })

  test('shows unfinished markdown as valid markdown, and at last the text as it is', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    const outcome = stage.answer(ctx => ctx.aiCard().stream(faucet))
    faucet.give('```ts\nconst a')
    await stage.shows(({ variables }) => variables.msgContent === '```ts\nconst a\n```')
    faucet.give(' = 1\n```')
    faucet.end()
    await outcome
    expect([...stage.sim.cards.values()]).toMatchObject([{ variables: { msgContent: '```ts\nconst a = 1\n```' } }])
  })

  test('puts a blank line between the steps of an agent, and thoughts and tools where the hooks want them', async () => {
    await using stage = await createStage()
    const parts = [
      { type: 'reasoning-delta', text: '想一想' },
      { type: 'text-delta', text: '查一下。' },
      { type: 'tool-call', toolName: 'weather' },
      { type: 'finish-step' },
      { type: 'text-delta', text: '晴。' },
      { type: 'finish-step' },
    ]
    const thoughts: string[] = []
    const { text } = await stage.answer(ctx =>
      ctx.aiCard().stream(parts, {
        onReasoning: delta => void thoughts.push(delta),
        onPart: part => (part.type === 'tool-call' ? `[${String(part.toolName)}]` : undefined),
      }),
    )
    expect(text).toBe('查一下。[weather]\n\n晴。')
    expect(thoughts).toEqual(['想一想'])
  })

  test('goes through its states, and knows its id once it is there', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      expect(card.state).toBe('idle')
      expect(card.outTrackId).toBeUndefined()
      await card.start()
      expect(card.state).toBe('processing')
      expect(stage.sim.cards.get(card.outTrackId ?? '')?.status).toBe('processing')
      card.append('字')
      await stage.shows(({ status }) => status === 'inputting')
      expect(card.state).toBe('inputting')
      await card.finish()
      expect(card.state).toBe('finished')
    })
  })

  test('updates what stands beside the text: static markdown, buttons, order, the line of its source', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      const card = ctx.aiCard({ title: '助手', source: '由 AI 生成' })
      await card.start()
      await card.update({ staticMarkdown: '参考资料', order: ['msgContent', 'staticMsgContent'] })
      await stage.shows(({ variables }) => variables.staticMsgContent === '参考资料')
      await card.finish('答', { buttons: [{ text: '打开', url: 'https://example.com' }] })
    })
    const [card] = stage.sim.cards.values()
    expect(card?.variables).toMatchObject({ msgTitle: '助手', staticMsgContent: '参考资料', msgContent: '答' })
    expect(JSON.parse(card?.variables.sys_full_json_obj ?? '')).toEqual({
      order: ['msgContent', 'staticMsgContent'],
      msgButtons: [{ text: '打开', color: 'gray', url: 'https://example.com', iosUrl: 'https://example.com' }],
      source: { text: '由 AI 生成' },
    })
  })

  test('replaces its text', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      card.append('草稿')
      await stage.shows(({ variables }) => variables.msgContent === '草稿')
      card.replace('定稿')
      await card.finish()
    })
    expect([...stage.sim.cards.values()]).toMatchObject([{ variables: { msgContent: '定稿' } }])
  })

  test('uses another template and other names of variables, without a variable for the state', async () => {
    const templates = { 'mine.schema': { streams: ['body'] } }
    await using stage = await createStage({ sim: { templates }, cards: { templates: { ai: { id: 'mine' } } } })
    await stage.answer(ctx =>
      ctx
        .aiCard({
          template: { variables: { content: 'body', status: false, layout: false } },
          data: { lang: 'zh', n: 3 },
        })
        .finish('答'),
    )
    expect([...stage.sim.cards.values()]).toMatchObject([
      { templateId: 'mine.schema', status: 'finished', variables: { body: '答', lang: 'zh', n: '3' } },
    ])
  })

  test('sends fewer frames with `quota: low`, and counts its calls', async () => {
    await using stage = await createStage({ cards: { aiCard: { interval: undefined, quota: 'low' } } })
    const faucet = createFaucet()
    const outcome = stage.answer(ctx => ctx.aiCard().stream(faucet))
    faucet.give('一')
    await stage.shows(({ variables }) => variables.msgContent === '一')
    faucet.give('二')
    faucet.end()
    await outcome
    expect(stage.plugin.stats()).toEqual({
      create: 1,
      stream: 2,
      update: 1,
      total: 4,
      dropped: 0,
      fallbacks: 0,
      open: 0,
    })
  })

  test('refuses limits that the platform would not keep', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      expect(() => ctx.aiCard({ interval: 200 })).toThrow(/200 ms.*Use 300 or more/)
      expect(() => ctx.aiCard({ air: -1 })).toThrow(/-1 ms.*0 to 10000/)
      expect(() => ctx.aiCard({ maxLength: 30_000 })).toThrow(/100 to 20000/)
    })
  })
})
