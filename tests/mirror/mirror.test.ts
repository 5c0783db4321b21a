import { createBot } from '@dingware/core'
import { type TestSwitches, testBot } from '@dingware/core/testing'
import { createSimulator, FORM_TEMPLATE_ID, type Switches } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { evidenceNamed, evidenceOf } from '../../packages/core/fixtures/evidence.ts'
import { formVariables } from '../page/support/gallery.ts'
import { caller } from '../page/support/platform.ts'
import { clicks } from './clicks.ts'
import { carded, quoted, quoting, sent, spoken } from './messages.ts'
import { notMirrored } from './not-mirrored.ts'
import { pick, shapeOf } from './shape.ts'

const messages = [...spoken, ...sent, ...quoted]

/** The payload of a line; a few hold the whole frame. */
function payloadOf(file: 'inbound' | 'cards', line: string): Readonly<Record<string, unknown>> {
  const { data } = evidenceNamed(file, line)
  const fields: Readonly<Record<string, unknown>> = Object(data)
  return 'specVersion' in fields ? JSON.parse(String(fields.data)) : fields
}

/** The lines that have tests of their own. */
const alone = [
  'B23 quoted card of a bot, sanitized live',
  'C4 quoted card with cardContent as an object',
  'cb.form.ask-user.noise',
]

/** The elements of a card that is a message, each with the names of its fields. */
function elementsIn(tree: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return tree.flatMap(({ elementType, children, ...fields }) => [
    `${elementType}: ${Object.keys({ elementType, ...fields, ...(children !== undefined && { children }) })
      .toSorted()
      .join()}`,
    ...(Array.isArray(children) ? elementsIn(children) : []),
  ])
}

describe('the simulator sends what the platform was seen to send', () => {
  test.each(messages)('message: $line', async ({ line, fields, switches = {}, send }) => {
    await using sim = await createSimulator({ switches })
    const seen = payloadOf('inbound', line)
    const mirrored = await send(sim)
    expect(shapeOf(fields ? pick(mirrored, fields) : mirrored)).toEqual(shapeOf(fields ? pick(seen, fields) : seen))
  })

  /** What a quoted card of the bot carries. */
  const cardIn = (message: unknown) => Object(message).text.repliedMsg.content.cardContent

  test('message: B23 quoted card of a bot, sanitized live', async () => {
    await using sim = await createSimulator({ switches: { quotedCard: 'cardContent' } })
    const seen = elementsIn(cardIn(payloadOf('inbound', 'B23 quoted card of a bot, sanitized live')))
    const mirrored = elementsIn(cardIn(await quoting(sim, await carded(sim))))
    expect(seen).toEqual(expect.arrayContaining([...mirrored]))
    expect(mirrored).toContain('UNKNOWN: elementType,value')
  })

  test('message: C4 quoted card with cardContent as an object', async () => {
    await using sim = await createSimulator({ switches: { quotedCard: 'cardData' } })
    const seen = cardIn(payloadOf('inbound', 'C4 quoted card with cardContent as an object'))
    expect(shapeOf(cardIn(await quoting(sim, await carded(sim))))).toEqual(shapeOf(seen))
  })

  test.each(clicks)('click: $line', async ({ line, fields, switches = {}, press }) => {
    await using sim = await createSimulator({ switches })
    const seen = payloadOf('cards', line)
    const mirrored = await press(sim)
    expect(shapeOf(fields ? pick(mirrored, fields) : mirrored)).toEqual(shapeOf(fields ? pick(seen, fields) : seen))
  })

  test('click: cb.form.ask-user.noise', async () => {
    await using sim = await createSimulator()
    const { clientId, clientSecret, url } = sim
    const heard: unknown[] = []
    await using bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
    bot.on('card', ctx => void heard.push(ctx.callback.raw))
    await bot.start()
    const alice = sim.user('Alice')
    const id = await (await caller(sim)).card({ user: 'Alice' }, FORM_TEMPLATE_ID, formVariables())
    await alice.submit(id, { reason: 'x', days: 1, kind: 'sick' })
    const { cardPrivateData } = JSON.parse(Object(heard[0]).content)
    const { cardPrivateData: seen } = JSON.parse(String(payloadOf('cards', 'cb.form.ask-user.noise').content))
    expect(cardPrivateData.actionIds).toEqual(seen.actionIds)
    expect(Object.keys(cardPrivateData.params)).toEqual(Object.keys(seen.params))
    expect(heard).toHaveLength(2)
  })

  test('disconnect: a reason and a messageId', async () => {
    await using sim = await createSimulator()
    const { clientId, clientSecret, url } = sim
    await using bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
    await bot.start()
    sim.rotate()
    const found = await sim.until(() => sim.frames.find(({ raw }) => raw.includes('"disconnect"')))
    const { headers, data } = Object(found.frame)
    const seen = Object(evidenceNamed('events', 'B SYSTEM disconnect').frame)
    expect(data).toBe(seen.data)
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(Object.keys(seen.headers)))
  })
})

describe('the test kit sends the same', () => {
  /** What a bot under test hears when somebody does something. */
  async function heard(
    switches: Partial<TestSwitches>,
    act: (kit: ReturnType<typeof testBot>) => Promise<unknown>,
  ): Promise<unknown> {
    const raw: unknown[] = []
    const bot = createBot()
    bot.on('chatbot', ctx => void raw.push(ctx.message.raw))
    bot.on('card', ctx => void raw.push(ctx.callback.raw))
    await act(testBot(bot, switches))
    return raw.at(-1)
  }

  const older = { unionIds: false }
  test.each<[string, Partial<TestSwitches>, (kit: ReturnType<typeof testBot>) => Promise<unknown>]>([
    [
      'B1 two mentions, plain text',
      {},
      ({ user }) =>
        user('Alice')
          .in('Team')
          .say('@Bot 给 @王五 发个消息“你好”', { at: [user('王五')] }),
    ],
    ['B9 group from Windows', older, ({ user }) => user('Alice').in('Team').say('你好', { client: 'Win' })],
    ['B11 DM text', older, ({ user }) => user('Alice').say('hello')],
  ])('message: %s', async (line, switches, act) => {
    expect(shapeOf(await heard(switches, act))).toEqual(shapeOf(payloadOf('inbound', line)))
  })

  test.each<[string, Partial<TestSwitches>]>([
    ['B3 "@bot /server" from HarmonyOS', {}],
    ['C1 richText with glued mention', { mentionNodes: 'glued' }],
  ])('message: %s', async (line, switches) => {
    const raw = await heard(switches, ({ user }) => user('Alice').in('Team').say('/clear', { client: 'HarmonyOS' }))
    const fields = ['msgtype', 'content']
    expect(shapeOf(pick(raw, fields))).toEqual(shapeOf(pick(payloadOf('inbound', line), fields)))
  })

  test.each<[string, Partial<TestSwitches>, 'group' | 'private']>([
    ['cb.382e4302.group.msgButton.text', { clickParams: 'text' }, 'group'],
    ['cb.1366a1eb.dm.msgButton.text', { clickParams: 'text', privateSpaceId: 'conversationId' }, 'private'],
  ])('click: %s', async (line, switches, where) => {
    const raw: unknown[] = []
    const bot = createBot()
    const msgButtons = [{ text: 'Approve', id: 'agree', request: true }]
    bot.on('chatbot', async ctx => {
      const cardData = { cardParamMap: { sys_full_json_obj: JSON.stringify({ msgButtons }) } }
      const body = { outTrackId: 'trk', cardTemplateId: 'own.schema', cardData }
      await ctx.api.call({ method: 'POST', path: '/v1.0/card/instances/createAndDeliver', body })
    })
    bot.on('card', ctx => void raw.push(ctx.callback.raw))
    const { user } = testBot(bot, switches)
    const alice = where === 'group' ? user('Alice').in('Team') : user('Alice')
    await alice.say('hi')
    await alice.click('trk', 'Approve')
    expect(shapeOf(raw[0])).toEqual(shapeOf(payloadOf('cards', line)))
  })

  test.each<[string, Partial<TestSwitches>]>([
    ['cb.minimal', { clickShape: 'minimal' }],
    ['cb.value-only', { clickShape: 'valueOnly', spaceType: 'IM' }],
  ])('click: %s', async (line, switches) => {
    const { value, content = value, ...seen } = payloadOf('cards', line)
    const raw = await heard(switches, ({ user }) => user('Alice').in('Team').click('trk', 'accept'))
    const { value: twin, content: told = twin, ...mirrored } = Object(raw)
    expect(shapeOf(mirrored)).toEqual(shapeOf(seen))
    expect(Object.keys(JSON.parse(told).cardPrivateData)).toEqual(
      Object.keys(JSON.parse(String(content)).cardPrivateData),
    )
  })
})

describe('nothing is forgotten', () => {
  test('each line of evidence of what people do is followed, or there is a reason why not', () => {
    const lines = [
      ...evidenceOf('inbound').map(({ name }) => name),
      ...evidenceOf('cards').flatMap(({ name, direction }) => (direction === 'callback' ? [name] : [])),
    ]
    const followed = [...messages, ...clicks].map(({ line }) => line)
    const told = [...followed, ...Object.keys(notMirrored), ...alone]
    expect(told.toSorted()).toEqual(lines.toSorted())
  })

  test('each way of a switch whose ways were both seen is followed by a line', () => {
    const used = (name: keyof Switches, fallback: unknown) =>
      new Set([...messages, ...clicks].map(({ switches = {} }) => switches[name] ?? fallback))
    expect(used('clickParams', 'id+text')).toEqual(new Set(['id+text', 'text']))
    expect(used('clickShape', 'full')).toEqual(new Set(['full', 'minimal', 'valueOnly']))
    expect(used('spaceType', 'im')).toEqual(new Set(['im', 'IM']))
    expect(used('privateSpaceId', 'userId')).toEqual(new Set(['userId', 'conversationId']))
    expect(used('spaceIdForm', 'plain')).toEqual(new Set(['plain', 'prefixed']))
    expect(used('mentionBlanks', 'one')).toEqual(new Set(['one', 'both']))
    expect(used('mentionNodes', 'own')).toEqual(new Set(['own', 'glued']))
    expect(used('unionIds', true)).toEqual(new Set([true, false]))
    expect(used('forwardMark', true)).toEqual(new Set([true, false]))
    expect(used('quoteText', 'text')).toEqual(new Set(['text', 'content']))
    expect(used('quoteNick', false)).toEqual(new Set([true, false]))
    expect(used('quoteCipher', false)).toEqual(new Set([true, false]))
  })
})
