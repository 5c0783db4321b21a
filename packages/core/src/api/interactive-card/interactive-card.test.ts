import { createSimulator, type Message, type Simulator } from '@dingware/simulator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, createBot } from '../../bot/bot.ts'
import { type InteractiveBlock, interactiveCard, interactiveLines } from './card-data.ts'

let sim: Simulator
let bot: Bot

beforeEach(async () => {
  sim = await createSimulator()
  const { clientId, clientSecret, url } = sim
  bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, autoRetry: { base: 1 } })
})

afterEach(async () => {
  await bot.stop()
  await sim.close()
})

const cards = (): Message[] =>
  sim.messages.filter(({ content }) => content.kind === 'other' && content.msgtype === 'interactiveCard')
const shown = (): unknown[] => cards().map(({ content }) => Object(content).body)
const lines = (...texts: string[]) => interactiveLines({ title: '进度', texts })

describe('an interactive card', () => {
  test('answers a message in private, and changes', async () => {
    bot.on('chatbot', async ctx => {
      const card = await ctx.replyInteractiveCard(lines('一', '二'))
      await card.update(lines('完成'))
    })
    await bot.start()
    await sim.user('Alice').say('go')
    await sim.until(() => JSON.stringify(shown()).includes('完成'))
    expect(shown()).toEqual([lines('完成')])
    expect(sim.violations).toEqual([])
  })

  test('answers in a group, mentions who asked by name, and only some see it', async () => {
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    bot.on('chatbot', async ctx => {
      const at = [ctx.from?.staffId ?? '', bob.userId]
      await ctx.replyInteractiveCard(lines('一'), { at, recipients: [alice.userId] })
    })
    await bot.start()
    await alice.in(sim.group('Team')).say('go')
    const [card] = await sim.until(() => cards().length > 0 && cards())
    const { sendOptions } = Object(card?.body)
    expect(JSON.parse(sendOptions.atUserListJson)).toEqual([
      { userId: alice.userId, nickName: 'Alice' },
      { userId: bob.userId },
    ])
    expect(card?.recipients).toEqual([alice.userId])
  })

  test('is sent first, mentions all, and is updated by its id alone', async () => {
    const { conversationId: group } = sim.group('Team')
    const extra = { callbackUrl: 'https://example.com' }
    const { cardBizId } = await bot.api.sendInteractiveCard({ group }, lines('一'), {
      at: 'all',
      cardBizId: 'mine',
      extra,
    })
    await bot.api.updateInteractiveCard(cardBizId, lines('二'))
    expect(shown()).toEqual([lines('二')])
    expect(cards()[0]?.body).toMatchObject({ cardBizId: 'mine', sendOptions: { atAll: true }, ...extra })
  })

  test('whose answer got lost is not sent again', async () => {
    const path = '/v1.0/im/v1.0/robot/interactiveCards/send'
    sim.faults.api({ path, fault: 'cut', applied: true })
    const sent = bot.api.sendInteractiveCard({ users: sim.user('Alice').userId }, lines('一'))
    await expect(sent).rejects.toMatchObject({ name: 'NetworkError', message: expect.stringContaining('not repeated') })
    expect(cards()).toHaveLength(1)
  })

  test('that the platform would refuse is not sent', async () => {
    const send = (options: object) => bot.api.sendInteractiveCard({ group: 'cid' }, lines('一'), options)
    await expect(send({ cardBizId: 'x'.repeat(101) })).rejects.toMatchObject({ code: 'ERR_CARD_BIZ_ID' })
    const at = Array.from({ length: 31 }, (_, index) => `user ${index}`)
    await expect(send({ at })).rejects.toMatchObject({ code: 'ERR_TOO_MANY_MENTIONS' })
    expect(sim.calls).toEqual([])
  })

  test('to somebody without a userId is an error that says why', async () => {
    const errors: unknown[] = []
    bot.on('chatbot', ctx => ctx.replyInteractiveCard(lines('一'))).catch(error => errors.push(error.cause))
    await bot.start()
    await sim.user('Alice').say('go', { outsider: true })
    await sim.until(() => errors.length > 0)
    expect(errors).toMatchObject([{ code: 'ERR_NO_REPLY_TARGET' }])
  })
})

describe('the content of a card', () => {
  test('of lines and pictures is a text and a line for each, and the pictures below', () => {
    const { header, contents } = interactiveLines({
      title: 't',
      logo: '@logo',
      texts: ['a', 'b'],
      images: ['@1', '@2'],
    })
    expect(header).toEqual({ title: { type: 'text', text: 't' }, logo: '@logo' })
    expect(contents).toMatchObject([
      { type: 'text', text: 'a' },
      { type: 'divider' },
      { type: 'text', text: 'b' },
      { type: 'divider' },
      { type: 'imageList', images: ['@1', '@2'] },
    ])
  })

  const open = { title: '打开链接', url: 'https://www.dingtalk.com', status: 'primary' } as const
  const request = { title: '回传请求', status: 'primary' } as const
  const more = { title: '次级按钮', url: 'https://www.dingtalk.com' } as const
  const warning = { title: '警示按钮', url: 'https://www.dingtalk.com', status: 'warning' } as const

  // The compositions that the Python SDK brings as samples: text and picture; a section too; pictures between markdown.
  test.each<[string, readonly InteractiveBlock[], readonly object[]]>([
    [
      'sample 1',
      [
        { type: 'markdown', text: '你好' },
        { type: 'image', image: '@1' },
        { type: 'action', buttons: [open, request] },
      ],
      [
        { type: 'markdown', text: '你好' },
        { type: 'image', image: '@1' },
        {
          type: 'action',
          actions: [
            {
              type: 'button',
              label: { type: 'text', text: '打开链接' },
              actionType: 'openLink',
              url: { all: 'https://www.dingtalk.com' },
              status: 'primary',
            },
            { type: 'button', label: { text: '回传请求' }, actionType: 'request', status: 'primary' },
          ],
        },
      ],
    ],
    [
      'sample 2',
      [
        { type: 'image', image: '@1' },
        { type: 'divider' },
        { type: 'section', texts: ['一', '二'], button: open },
        { type: 'action', buttons: [more, warning] },
      ],
      [
        { type: 'image', image: '@1' },
        { type: 'divider' },
        {
          type: 'section',
          fields: { list: [{ type: 'text', text: '一' }, { text: '二' }] },
          extra: { type: 'button', actionType: 'openLink', url: { all: 'https://www.dingtalk.com' } },
        },
        { type: 'action', actions: [{ status: 'normal' }, { status: 'warning' }] },
      ],
    ],
    [
      'sample 3',
      [
        { type: 'image', image: '@1' },
        { type: 'markdown', text: '🎉 **四招**' },
        { type: 'action', buttons: [more] },
      ],
      [
        { type: 'image' },
        { type: 'markdown', text: '🎉 **四招**' },
        { type: 'action', actions: [{ label: { text: '次级按钮' } }] },
      ],
    ],
  ])('is put together as the platform wants it: %s', async (_name, blocks, contents) => {
    const data = interactiveCard({ title: '钉钉卡片', logo: '@logo' }, blocks)
    expect(data).toMatchObject({
      config: { autoLayout: true, enableForward: true },
      header: { title: { type: 'text', text: '钉钉卡片' }, logo: '@logo' },
      contents,
    })
    const ids = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    await bot.api.sendInteractiveCard({ users: sim.user('Alice').userId }, data)
    expect(shown()).toEqual([data])
  })
})
