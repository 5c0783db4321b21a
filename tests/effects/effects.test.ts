import { TOPICS, toDingTalkMarkdown } from '@dingware/core'
import { createDeferred } from '@dingware/transport'
import { describe, expect, test } from 'vitest'
import { parse } from '../../packages/simulator/page/src/markdown/parse.ts'
import { type Place, type Scene, setScene } from './platform.ts'

/*
 * What people at DingTalk promise that one sees of a bot, as DingTalk's Channel SDK lists it (SPEC.md, E1 to E10), in
 * groups and in private chats alike, which is E5.
 */

const STREAM = '/v1.0/card/streaming'
const ANSWER = `# 周报

上周做了三件事：
1. 上线
2. 复盘

- 甲
- 乙

| 项目 | 状态 |
| --- | --- |
| 登录 | 完成 |

> 一句话
> 又一句

\`\`\`ts
const a = 1
const b = 2
\`\`\`
`

/** A model that says nothing before the gate is open, and then a few letters at a time. */
async function* model(text: string, opening?: Promise<void>): AsyncGenerator<string> {
  await opening
  for (const piece of text.match(/.{1,40}/gsu) ?? []) {
    yield piece
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** Whether the card shows that nothing more comes. */
const isFinished = (scene: Scene): boolean => scene.card()?.variables.flowStatus === '3'

/** What was streamed, frame by frame. */
function framesOf({ sim }: Scene): string[] {
  return sim.calls.flatMap(({ path, body }) => {
    const isFrame = path === STREAM && typeof body === 'object' && body !== null && 'content' in body
    return isFrame && typeof body.content === 'string' ? [body.content] : []
  })
}

/** A card takes seconds to be written, on a quiet machine. */
const A_CARD = { timeout: 20_000 }

describe.concurrent.each<Place>(['in a group', 'in a private chat'])('%s', place => {
  test('E1: a card is there before the model has said a word', async () => {
    const gate = createDeferred()
    await using scene = await setScene(place, ctx => ctx.aiCard().stream(model('好的', gate.promise)))
    await scene.here.say('写周报')
    await scene.sim.until(() => scene.card()?.spaces.length === 1)
    expect(isFinished(scene)).toBe(false)
    expect(scene.said()).toHaveLength(1)
    gate.resolve()
    await scene.sim.until(() => isFinished(scene), A_CARD)
  })

  test('E2: the answer grows as it is written', async () => {
    /** Goes on when people see what it has said. */
    async function* waitingModel(): AsyncGenerator<string> {
      for (let said = 200; said <= 800; said += 200) {
        yield '字'.repeat(200)
        await scene.sim.until(() => framesOf(scene).some(({ length }) => length === said), A_CARD)
      }
    }
    await using scene = await setScene(place, ctx => ctx.aiCard().stream(waitingModel()))
    await scene.here.say('写周报')
    await scene.sim.until(() => isFinished(scene), A_CARD)
    const lengths = framesOf(scene).map(content => content.length)
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
    expect([...new Set(lengths)]).toEqual([200, 400, 600, 800])
  })

  test('E3: in the end the whole markdown stands there, and nothing spins', async () => {
    await using scene = await setScene(place, ctx => ctx.aiCard().stream(model('# 完\n\n**好**了')))
    await scene.here.say('写周报')
    await scene.sim.until(() => isFinished(scene), A_CARD)
    expect(scene.read()).toEqual(['# 完\n\n**好**了'])
    expect(scene.card()?.variables.flowStatus).toBe('3')
  })

  test.each([
    ['cards are throttled for ever', { path: '/v1.0/card/*', fault: 'qps', times: 100 }],
    ['cards fail', { path: '/v1.0/card/*', fault: 'serverError', times: 100 }],
    ['frames fail', { path: STREAM, fault: 'serverError', times: 100 }],
    ['one call is throttled', { path: '/v1.0/card/*', fault: 'qps' }],
  ] as const)('E4: people notice nothing when %s', async (_, fault) => {
    await using scene = await setScene(place, ctx => ctx.aiCard().stream(model('答案')))
    scene.sim.faults.api(fault)
    await scene.here.say('问题')
    await scene.sim.until(() => scene.read().includes('答案'), { timeout: 30_000 })
    for (const text of scene.read()) expect(['', '答案']).toContain(text)
  })

  test('E6: what comes again is answered once, by whichever id it comes again', async () => {
    await using scene = await setScene(place, ctx => ctx.replyText('一次'))
    scene.sim.faults.push({ fault: 'duplicate' })
    const { payload } = await scene.here.say('hi')
    await scene.sim.expectReply('一次')
    const again = { type: 'CALLBACK', topic: TOPICS.chatbot, data: payload } as const
    const { ack } = await scene.sim.push(again)
    expect(await ack).toMatchObject({ status: 'acked' })
    await scene.here.say('ho')
    await scene.sim.until(() => scene.read().length >= 2)
    expect(scene.read()).toEqual(['一次', '一次'])
  })

  test('E7: a click reaches the bot, and everybody sees what came of it', async () => {
    const clicked: unknown[] = []
    await using scene = await setScene(
      place,
      ctx => ctx.replyMarkdownButtonCard('请审批', [{ id: 'approve', text: '同意' }]),
      {
        prepare: bot =>
          bot.action('approve', async ctx => {
            clicked.push(ctx.from?.staffId)
            await ctx.card.update({ markdown: '已同意', tips: '' })
          }),
      },
    )
    await scene.here.say('申请')
    const card = await scene.sim.until(scene.card)
    await scene.alice.click(card, '同意')
    const bob = scene.sim.user('Bob')
    await scene.sim.until(() => scene.card()?.viewFor(bob).markdown === '已同意')
    expect(clicked).toEqual([scene.alice.userId])
    expect(scene.card()?.viewFor(scene.alice).markdown).toBe('已同意')
  })

  test('E8: whatever becomes of the connection, what is said is answered', async () => {
    await using scene = await setScene(place, ctx => ctx.replyText(`${ctx.text}！`))
    const { faults } = scene.sim
    const strikes = [
      () => faults.drop(),
      () => faults.reset(),
      () => faults.disconnect({ closeAfter: 50 }),
      () => {
        faults.gateway.answer({ status: 503 })
        faults.reset()
      },
    ]
    for (const [at, strike] of strikes.entries()) {
      const [before] = scene.sim.connections
      strike()
      // On one that is about to be closed, nothing more is delivered.
      await scene.sim.until(() => scene.sim.connections.every(({ id }) => id !== before?.id))
      await scene.sim.connected(1, { timeout: 30_000 })
      await scene.here.say(`第${at}`)
      await scene.sim.until(() => scene.read().at(-1) === `第${at}！`)
    }
    expect(scene.read()).toHaveLength(strikes.length)
  })

  test('E9: files come and go', async () => {
    const bytes = Buffer.from('%PDF-1.7\n周报')
    const got: Buffer[] = []
    await using scene = await setScene(place, async ctx => {
      const file = await ctx.download(ctx.images()[0])
      got.push(await file.buffer())
      const { mediaId } = await ctx.api.upload(bytes, { type: 'file', fileName: '周报.pdf' })
      await ctx.reply({ msgtype: 'file', mediaId, fileName: '周报.pdf' })
    })
    const picture = Buffer.from('89504e470d0a1a0a', 'hex')
    const parts = [{ text: '看图' }, { picture: { name: 'a.png', bytes: picture } }]
    await scene.here.send({ msgtype: 'richText', parts })
    const sent = await scene.sim.until(() => scene.said()[0], A_CARD)
    expect(got).toEqual([picture])
    const mediaId = /@[\w-]+/.exec(JSON.stringify(sent.content))?.[0] ?? ''
    expect(Buffer.from(scene.sim.media(mediaId)?.bytes ?? []).equals(bytes)).toBe(true)
  })

  test.each([
    ['a card', 'card'],
    ['a message', 'message'],
  ] as const)('E10: %s shows code, tables, lists and quotes', async (_, dialect) => {
    await using scene = await setScene(place, ctx =>
      dialect === 'card' ? ctx.aiCard().stream(model(ANSWER)) : ctx.replyMarkdown('周报', toDingTalkMarkdown(ANSWER)),
    )
    await scene.here.say('写周报')
    await scene.sim.until(() => dialect === 'message' || isFinished(scene), A_CARD)
    const shown = await scene.sim.until(() => scene.read()[0], A_CARD)
    const html = parse(shown, dialect)
    for (const tag of ['<table>', '<pre><code', '<ul>', '<ol>', '<blockquote>', '<h']) expect(html).toContain(tag)
    expect(html).toContain('const a = 1\nconst b = 2')
  })
})
