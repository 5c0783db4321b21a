import { inspect } from 'node:util'
import { type Simulator, textOf } from '@dingware/simulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Bot } from '../../bot/bot.ts'
import type { Outgoing } from './outgoing.ts'
import { robotMessageOf } from './robot-message.ts'
import { SendError } from './send-error.ts'

const simulated = useSimulator()
let sim: Simulator
let bot: Bot

beforeEach(() => {
  sim = simulated().sim
  bot = simulated().newBot({ throttle: false, autoRetry: { base: 1 } })
})

const sends = (): number =>
  sim.calls.filter(({ path }) => /oToMessages\/batchSend|groupMessages\/send/.test(path)).length

describe('a message of one’s own', () => {
  test('reaches people in batches of twenty, and can be recalled', async () => {
    const users = Array.from({ length: 45 }, (_, index) => sim.user(`user ${index}`).userId)
    const sent = await bot.api.send({ users }, '早上好')
    expect(sent.processQueryKeys).toHaveLength(3)
    expect(sim.messages.filter(message => textOf(message) === '早上好')).toHaveLength(45)
    await sent.recall()
    expect(sim.messages.filter(message => textOf(message) === '早上好')).toEqual([])
  })

  test('reaches a group', async () => {
    const team = sim.group('Team', [sim.user('Alice')])
    await bot.api.send({ group: team.conversationId }, { msgtype: 'markdown', title: '日报', text: '# 今天' })
    const message = await sim.expectReply(/今天/, { in: team })
    expect(message.conversationId).toBe(team.conversationId)
  })

  test.each(['group', 'privateChat'] as const)('in a %s is read, followed and taken back', async kind => {
    const [alice, team] = [sim.user('Alice'), sim.group('Team', [sim.user('Alice')])]
    const { conversationId } = kind === 'group' ? team : sim.chat(alice, sim.user('Bob'))
    const cool = { coolAppCode: 'COOLAPP-1' }
    const sent = await bot.api.send(
      kind === 'group' ? { group: conversationId } : { privateChat: conversationId, ...cool },
      'all',
    )
    const message = await sim.expectReply('all')
    expect(message.conversationId).toBe(conversationId)
    await alice.read(message)
    expect((await sent.readStatus()).readUserIds).toEqual([alice.userId])
    await sent.recall()
    expect(sim.messages).not.toContainEqual(message)
    expect(sim.violations).toEqual([])
  })

  test('that is too old cannot be taken back, and the error says why', async () => {
    const sent = await bot.api.send({ users: sim.user('Alice').userId }, 'hi')
    await sim.clock.advance(25 * 3_600_000)
    await expect(sent.recall()).rejects.toMatchObject({ code: 'ERR_NOT_RECALLED', message: /not recalled/ })
  })

  test('is taken back and followed by its keys alone', async () => {
    const alice = sim.user('Alice')
    const { processQueryKeys } = await bot.api.send({ users: alice.userId }, 'hi')
    const space = { kind: 'users' } as const
    expect((await bot.api.readStatus(space, processQueryKeys[0] ?? '')).sendStatus).toBe('SUCCESS')
    expect(await bot.api.recall({ space, processQueryKeys })).toEqual({})
    expect(sim.messages).toEqual([])
  })

  test('tells who has read it', async () => {
    const alice = sim.user('Alice')
    const sent = await bot.api.send({ users: alice.userId }, 'hi')
    expect(await sent.readStatus()).toMatchObject({ readUserIds: [] })
    const message = await sim.expectReply('hi')
    await alice.read(message)
    expect(await sent.readStatus()).toMatchObject({ readUserIds: [alice.userId] })
  })

  test('that does not reach everybody is an error that names them', async () => {
    const users = [sim.user('Alice').userId, 'nobody-has-this-id']
    await expect(bot.api.send({ users }, 'hi')).rejects.toThrow(
      /did not reach 1 of 2 people \(nobody-has-this-id: no such userId/,
    )
  })

  test('that does not reach everybody can be taken back from those who have it', async () => {
    const alice = sim.user('Alice')
    const error = await bot.api.send({ users: [alice.userId, 'x'] }, 'hi').catch((error: unknown) => error)
    if (!(error instanceof SendError)) throw error
    expect(error.missed).toEqual(['x'])
    expect(error.invalid).toEqual(['x'])
    expect(error.throttled).toEqual([])
    expect(inspect(error)).not.toMatch(/\bsent:/)
    await error.sent.recall()
    expect(sim.messages).toEqual([])
  })

  test('to many, of whom one batch fails, tells who has it, who may have it and who has not', async () => {
    const users = Array.from({ length: 50 }, (_, index) => sim.user(`user ${index}`).userId)
    const path = '/v1.0/robot/oToMessages/batchSend'
    let batches = 0
    bot.api.use((_call, next) => {
      if (++batches === 2) sim.faults.api({ path, fault: 'cut', applied: true })
      return next()
    })
    const error = await bot.api.send({ users }, 'hi').catch((error: unknown) => error)
    expect(error).toMatchObject({
      name: 'SendError',
      code: 'ERR_NOT_REACHED',
      unknown: users.slice(20, 40),
      missed: users.slice(40),
      cause: { name: 'NetworkError' },
      message: expect.stringMatching(
        /30 of 50 people.* and 10 more.*nothing was repeated.*do not send it to all again/,
      ),
    })
    expect(sim.messages).toHaveLength(40)
  })

  test('to nobody is a mistake that is told', async () => {
    await expect(bot.api.send({ users: [] }, 'hi')).rejects.toMatchObject({ code: 'ERR_NO_RECIPIENT' })
    expect(sim.calls).toEqual([])
  })

  test.each([[''], [[' ', '']], [[undefined]], [undefined]])(
    'to nobody but blanks is that mistake, too: %j',
    async ids => {
      // As programs without types give them.
      const users = ids as unknown as string[]
      await expect(bot.api.send({ users }, 'hi')).rejects.toMatchObject({ code: 'ERR_NO_RECIPIENT' })
      expect(sim.calls).toEqual([])
    },
  )

  test('reaches the others where some have no userId, and counts these alone', async () => {
    const alice = sim.user('Alice')
    await bot.api.send({ users: ['', alice.userId, ' '] }, 'hi')
    expect(sim.messages.map(textOf)).toEqual(['hi'])
    const users = ['', alice.userId, 'nobody-has-this-id']
    await expect(bot.api.send({ users }, 'hi')).rejects.toThrow(/did not reach 1 of 2 people/)
  })

  test('loses no mentions where nobody has a userId', () => {
    expect(robotMessageOf({ msgtype: 'text', text: 'hi', at: [''] }).lost).toBeUndefined()
    expect(robotMessageOf({ msgtype: 'text', text: 'hi', at: ['u1'] }).lost).toMatch(/mentions/)
  })

  test('that somebody got too many of is an error that says so', async () => {
    const alice = sim.user('Alice')
    sim.faults.flowControl({ user: alice })
    await expect(bot.api.send({ users: alice.userId }, 'hi')).rejects.toThrow(/too many messages lately/)
  })

  test('whose answer got lost is not sent again', async () => {
    const alice = sim.user('Alice')
    sim.faults.api({ path: '/v1.0/robot/oToMessages/batchSend', fault: 'cut', applied: true })
    const sent = bot.api.send({ users: alice.userId }, 'hi')
    await expect(sent).rejects.toMatchObject({ name: 'NetworkError', message: /may have been done.*not repeated/ })
    expect(sim.messages.filter(message => textOf(message) === 'hi')).toHaveLength(1)
    expect(sends()).toBe(1)
  })

  test('that was throttled is sent when it may be', async () => {
    sim.faults.api({
      path: '/v1.0/robot/oToMessages/batchSend',
      fault: { status: 403, body: { code: 'send.too.fast', message: 'x' }, headers: { 'retry-after': '0' } },
    })
    await bot.api.send({ users: sim.user('Alice').userId }, 'hi')
    expect(sends()).toBe(2)
  })

  test('that is too long is refused before it is sent', async () => {
    const text = '长'.repeat(6_000)
    await expect(bot.api.send({ users: sim.user('Alice').userId }, text)).rejects.toThrow(/takes 15000.*splitMarkdown/)
    expect(sends()).toBe(0)
  })

  test('without the permission names it', async () => {
    sim.permissions.revoke('qyapi_robot_sendmsg')
    const error = await bot.api.send({ users: sim.user('Alice').userId }, 'hi').catch((error: unknown) => error)
    expect(error).toMatchObject({
      requiredScopes: ['qyapi_robot_sendmsg'],
      message: expect.stringContaining('权限管理'),
    })
  })
})

describe('a message to a webhook', () => {
  test('is shown where the webhook came from', async () => {
    const { payload } = await sim.user('Alice').say('hi')
    await bot.api.send({ webhook: payload.sessionWebhook }, 'later')
    await sim.expectReply('later')
  })

  test('goes to DingTalk and to configured endpoints, and nowhere else', async () => {
    const sent = bot.api.send({ webhook: 'https://attacker.example/robot/send?access_token=x' }, 'hi')
    await expect(sent).rejects.toMatchObject({ code: 'ERR_UNTRUSTED_WEBHOOK' })
  })

  test('that is too long, or of a kind that webhooks do not take, is refused before it is sent', async () => {
    const { payload } = await sim.user('Alice').say('hi')
    const webhook = payload.sessionWebhook
    await expect(bot.api.send({ webhook }, '长'.repeat(7_000))).rejects.toMatchObject({ code: 'ERR_MESSAGE_TOO_LONG' })
    const image = { msgtype: 'image', photoURL: '@lAL1' } as const
    await expect(bot.api.send({ webhook }, image)).rejects.toMatchObject({ code: 'ERR_WEBHOOK_MEDIA' })
    expect(sim.calls.filter(({ path }) => path.startsWith('/robot/sendBySession'))).toEqual([])
  })
})

const every: readonly (readonly [Outgoing, RegExp])[] = [
  [{ msgtype: 'text', text: 'plain' }, /plain/],
  [{ msgtype: 'markdown', title: 't', text: '**bold**' }, /bold/],
  [{ msgtype: 'link', title: 'Docs', text: 'look', messageUrl: 'https://example.com' }, /Docs|look/],
  [{ msgtype: 'actionCard', title: 't', text: 'one', buttons: [{ title: 'Go', url: 'https://example.com' }] }, /one/],
  [
    {
      msgtype: 'feedCard',
      links: [{ title: 'First', messageUrl: 'https://example.com', picUrl: 'https://example.com/a.png' }],
    },
    /First/,
  ],
]

describe('every kind', () => {
  test.each(every)('%o is shown in the chat, by the robot API and by the session webhook', async (message, shown) => {
    const alice = sim.user('Alice')
    await bot.api.send({ users: alice.userId }, message)
    bot.on('chatbot', ctx => ctx.reply(message))
    await bot.start()
    const said = await alice.say('go')
    await said.reply()
    expect(sim.messages.filter(({ content }) => shown.test(JSON.stringify(content)))).toHaveLength(2)
    expect(sim.violations).toEqual([])
  })

  test.each([2, 3, 4, 5])('an action card with %d buttons is taken by the platform', async count => {
    const buttons = Array.from({ length: count }, (_, index) => ({ title: `b${index}`, url: 'https://example.com' }))
    for (const horizontal of [true, false]) {
      await bot.api.send(
        { users: sim.user('Alice').userId },
        { msgtype: 'actionCard', title: 't', text: 'x', buttons, horizontal },
      )
    }
    expect(sends()).toBe(2)
  })

  test('an action card with more buttons than the platform shows is refused', async () => {
    const buttons = Array.from({ length: 6 }, () => ({ title: 'b', url: 'https://example.com' }))
    const sent = bot.api.send(
      { users: sim.user('Alice').userId },
      { msgtype: 'actionCard', title: 't', text: 'x', buttons },
    )
    await expect(sent).rejects.toThrow(/6 buttons/)
  })
})
