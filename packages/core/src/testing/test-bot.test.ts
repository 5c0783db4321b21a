import { createServer } from 'node:net'
import { ApiError } from '@dingware/transport'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createBot } from '../bot/bot.ts'
import { rateLimit } from '../middleware/rate-limit/rate-limit.ts'
import { sequentialize } from '../middleware/sequentialize/sequentialize.ts'
import { testBot } from './index.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('say()', () => {
  test('drives the real bot: the turn has what the bot said and called, and what was answered', async () => {
    const bot = createBot().on('chatbot:text', async ctx => {
      await ctx.replyText(`echo: ${ctx.text}`)
      await ctx.replyMarkdown('Title', '# hi')
    })
    const turn = await testBot(bot).user('Alice').say('hello')
    expect(turn.answer).toMatchObject({ code: 200 })
    expect(turn.replies.map(({ msgtype, text }) => [msgtype, text])).toEqual([
      ['text', 'echo: hello'],
      ['markdown', '# hi'],
    ])
    expect(turn.replies[0]?.body).toMatchObject({ msgtype: 'text', text: { content: 'echo: hello' } })
    expect(turn.calls).toHaveLength(2)
  })

  test('in private and in groups, where the bot is mentioned; people keep their ids', async () => {
    const seen: unknown[] = []
    const bot = createBot().on('chatbot', ctx => {
      seen.push([ctx.from?.nick, ctx.from?.staffId, ctx.chat?.type, ctx.chat?.title, ctx.isMentioned])
    })
    const alice = testBot(bot).user('Alice')
    await alice.say('hi')
    await alice.in('Team').say('hi')
    expect(seen).toEqual([
      ['Alice', 'user-Alice', 'private', undefined, false],
      ['Alice', 'user-Alice', 'group', 'Team', true],
    ])
    expect(alice.userId).toBe('user-Alice')
  })

  test('rejects with what a handler threw, unless the bot has a catch', async () => {
    const boom = new Error('boom')
    const bot = createBot({ logger: silent }).on('chatbot', () => Promise.reject(boom))
    const alice = testBot(bot).user('Alice')
    await expect(alice.say('hi')).rejects.toBe(boom)
    bot.catch(error => error.ctx.replyText('sorry'))
    expect((await alice.say('hi')).replies.map(({ text }) => text)).toEqual(['sorry'])
  })
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }

describe('what somebody says in a group', () => {
  function heardBy(switches: Parameters<typeof testBot>[1] = {}) {
    const heard: Record<string, unknown>[] = []
    const bot = createBot().on('chatbot', ctx => void heard.push(Object(ctx.message.raw)))
    const { user } = testBot(bot, switches)
    return { heard, user, alice: user('Alice').in('Team') }
  }

  test('has lost the names that were picked, and has them in its list', async () => {
    const { heard, alice, user } = heardBy()
    await alice.say('@Bot 给 @王五 发 @all', { at: [user('王五')] })
    expect(heard[0]).toMatchObject({
      senderPlatform: 'Mac',
      openThreadId: 'cid-Team',
      senderUnionId: 'union-user-Alice',
      text: { content: ' 给 发 @all' },
      atUsers: [{ unionId: 'union-user-王五', staffId: 'user-王五' }, { dingtalkId: '$:LWCP_v1:$bot' }],
    })
  })

  test('is a rich text from HarmonyOS, with names as nodes of their own or glued', async () => {
    const own = heardBy()
    await own.alice.say('/clear', { client: 'HarmonyOS' })
    expect(own.heard[0]).toMatchObject({
      msgtype: 'richText',
      content: { richText: [{ text: '@Bot' }, { text: '/clear' }] },
    })
    const glued = heardBy({ mentionNodes: 'glued' })
    await glued.alice.say('/clear', { client: 'HarmonyOS' })
    expect(glued.heard[0]?.content).toEqual({ richText: [{ text: '@Bot /clear' }] })
  })

  test('comes from outside without a staff id, or with an empty one', async () => {
    const absent = heardBy({ unionIds: false })
    await absent.alice.say('hi', { outsider: true })
    for (const field of ['senderStaffId', 'senderCorpId', 'senderUnionId'])
      expect(absent.heard[0]).not.toHaveProperty(field)
    const empty = heardBy({ outsiderStaffId: 'empty', mentionBlanks: 'both' })
    await empty.alice.say('hi', { outsider: true, at: [empty.user('Bob')] })
    expect(empty.heard[0]).toMatchObject({ senderStaffId: '', text: { content: '  hi' } })
  })
})

test('send() pushes a message of any msgtype', async () => {
  const codes: unknown[] = []
  const bot = createBot()
    .on('chatbot:picture', ctx => void codes.push(ctx.message.content.downloadCode))
    .on('chatbot:file', ctx => void codes.push(ctx.files()[0]?.fileName))
  const alice = testBot(bot).user('Alice')
  await alice.send({ msgtype: 'picture', content: { downloadCode: 'code-1' } })
  await alice.send({ msgtype: 'file', content: { downloadCode: 'code-2', fileName: 'a.pdf' } })
  expect(codes).toEqual(['code-1', 'a.pdf'])
})

test('click() clicks a button of a card, by the card or by its outTrackId, with params', async () => {
  const bot = createBot().action('approve', ctx => {
    const { outTrackId, userId, params, spaceType } = ctx.callback
    ctx.respond({ outTrackId, userId, params, spaceType })
  })
  const alice = testBot(bot).user('Alice')
  const privately = await alice.click('card-1', 'approve', { amount: 5 })
  expect(privately.answer.data).toEqual({
    response: { outTrackId: 'card-1', userId: 'user-Alice', params: { amount: 5 }, spaceType: 'im' },
  })
  const inTeam = await alice.in('Team').click({ outTrackId: 'card-2' }, 'approve')
  expect(inTeam.answer.data).toMatchObject({ response: { outTrackId: 'card-2', spaceType: 'im' } })
})

test('event() pushes an event, each time a new one, and tells how it was answered', async () => {
  const seen: unknown[] = []
  const bot = createBot().on('event:check_in', ctx => void seen.push(ctx.event.data))
  const { event } = testBot(bot)
  const turns = await Promise.all([event('check_in', { a: 1 }), event('check_in', { a: 2 })])
  expect(seen).toEqual([{ a: 1 }, { a: 2 }])
  expect(turns.map(({ answer }) => answer.data)).toEqual(Array(2).fill({ status: 'SUCCESS', message: 'ok' }))
})

describe('mock()', () => {
  test('answers calls of a path; later mocks go before earlier ones', async () => {
    const bot = createBot()
    const { mock } = testBot(bot)
    const call = (path: string): Promise<unknown> => bot.api.call({ method: 'GET', path })
    mock(/^\/v1\.0\//g, ({ path }) => ({ by: 'pattern', path }))
    mock('/v1.0/users', () => ({ by: 'path' }))
    expect(await call('/v1.0/users')).toEqual({ by: 'path' })
    expect(await call('/v1.0/other')).toEqual({ by: 'pattern', path: '/v1.0/other' })
    expect(await call('/v1.0/other')).toEqual({ by: 'pattern', path: '/v1.0/other' })
  })

  test('lets a call fail by throwing', async () => {
    const bot = createBot()
    const { mock } = testBot(bot)
    mock('/v1.0/x', () => {
      throw new ApiError('no', { status: 403, code: 'Forbidden', call: { method: 'GET', url: '/v1.0/x' } })
    })
    await expect(bot.api.call({ method: 'GET', path: '/v1.0/x' })).rejects.toMatchObject({ status: 403 })
  })

  test('a call that no mock answers fails, and the message says which mock to add', async () => {
    const bot = createBot()
    testBot(bot)
    await expect(bot.api.call({ method: 'GET', path: '/v1.0/x' })).rejects.toThrow("Add mock('/v1.0/x'")
  })

  test('steps of api.use see the call, also those added before and after', async () => {
    const seen: string[] = []
    const bot = createBot()
    bot.api.use((call, next) => {
      seen.push('before')
      return next(call)
    })
    testBot(bot).mock('/v1.0/x', () => 1)
    bot.api.use((call, next) => {
      seen.push('after')
      return next(call)
    })
    expect(await bot.api.call({ method: 'GET', path: '/v1.0/x' })).toBe(1)
    expect(seen).toEqual(['before', 'after'])
  })
})

test('replies and calls collect everything, oldest first', async () => {
  const bot = createBot().on('chatbot', ctx => ctx.replyText(ctx.text))
  const kit = testBot(bot)
  for (const text of ['a', 'b']) await kit.user('Alice').say(text)
  expect(kit.replies.map(({ text }) => text)).toEqual(['a', 'b'])
  expect(kit.calls.map(({ base }) => base)).toEqual(['webhook', 'webhook'])
})

test('a bot may be put under test again: what is said there is new to it', async () => {
  const bot = createBot().on('chatbot', ctx => ctx.replyText(ctx.text))
  for (const text of ['a', 'b']) {
    expect((await testBot(bot).user('Alice').say(text)).replies.map(reply => reply.text)).toEqual([text])
  }
})

test('nothing reaches the network: neither calls, nor replies, nor the token, and no credential is needed', async () => {
  let connections = 0
  const server = createServer(socket => {
    connections++
    socket.destroy()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  const bot = createBot({ clientId: '', clientSecret: '', endpoint: url, oapiEndpoint: url })
  bot.on('chatbot', ctx => ctx.replyText('hi'))
  const { user, mock } = testBot(bot)
  mock('/gettoken', () => ({}))
  await user('Alice').say('hi')
  await bot.api.call({ method: 'GET', path: '/gettoken', base: 'oapi' })
  expect(await bot.api.accessToken()).toEqual(expect.any(String))
  await bot.stop()
  expect(connections).toBe(0)
  server.close()
})

test('works with fake timers: no act waits for time to pass', async () => {
  vi.useFakeTimers()
  const bot = createBot({ ack: { chatbot: 'late' } })
    .use(rateLimit({ limit: 1, window: 1_000 }))
    .use(sequentialize())
  bot.on('chatbot', ctx => ctx.replyText('hi'))
  const { user, event } = testBot(bot)
  expect((await user('Alice').say('1')).replies).toHaveLength(1)
  expect((await user('Alice').say('2')).replies).toHaveLength(0)
  vi.advanceTimersByTime(1_000)
  expect((await user('Alice').say('3')).replies).toHaveLength(1)
  await event('check_in', {})
  expect(vi.getTimerCount()).toBe(0)
})
