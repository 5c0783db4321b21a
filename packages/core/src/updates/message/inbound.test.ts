import { describe, expect, test } from 'vitest'
import { evidenceNamed, evidenceOf } from '../../../fixtures/evidence.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { recordOf } from '../lenient/lenient.ts'
import { createUpdate, TOPICS } from '../update.ts'
import { MEANINGS, type Meaning } from './inbound.expected.ts'
import type { MediaRef } from './media-of.ts'

const ME = '415297197440502867'
const lines = evidenceOf('inbound')

/** What a handler gets. */
async function contextOf({ data, topic = TOPICS.chatbot }: { data?: unknown; topic?: unknown }): Promise<Context> {
  let seen: Context | undefined
  const bot = createBot({ robotCode: 'dingrobot' }).on(['chatbot', 'delegate'], ctx => {
    seen = ctx
  })
  const at = String(topic)
  await bot.handle(createUpdate(at, data, { topic: at, messageId: 'delivery' }))
  if (!seen) throw new Error('No handler ran.')
  return seen
}

const codesOf = (media: readonly MediaRef[]) => media.map(({ downloadCode }) => downloadCode?.slice(0, 8))

test('every line has a meaning', () => {
  expect(lines.map(({ name }) => name).toSorted()).toEqual(Object.keys(MEANINGS).toSorted())
})

describe.each(lines)('$name', line => {
  const meaning: Meaning | undefined = MEANINGS[line.name]
  if (!meaning) throw new Error(`${line.name} has no meaning in inbound.expected.ts.`)
  const { query, group, text, markdown = text, from = ME, mentions = [], images = [], files = [], quoted } = meaning

  test('comes from where and from whom it came', async () => {
    const ctx = await contextOf(line)
    expect(ctx.has(query)).toBe(true)
    expect(ctx.chat?.type).toBe(group === undefined ? 'private' : 'group')
    expect(ctx.chat?.title).toBe(group)
    expect(ctx.from?.staffId).toBe(from ?? undefined)
    expect(ctx.mentions).toEqual(mentions)
    expect(ctx.isMentioned).toBe(group !== undefined)
  })

  test('says what it says', async () => {
    const ctx = await contextOf(line)
    expect(ctx.text).toBe(text)
    expect(ctx.markdown).toBe(markdown)
  })

  test('has its media', async () => {
    const ctx = await contextOf(line)
    expect(codesOf(ctx.images())).toEqual(images)
    expect(codesOf(ctx.files())).toEqual(files.map(({ code }) => code))
    expect(ctx.files().map(({ kind }) => kind)).toEqual(files.map(({ kind }) => kind))
    expect(ctx.files().map(({ fileName }) => fileName)).toEqual(files.map(({ fileName }) => fileName))
  })

  test('quotes what it quotes', async () => {
    const ctx = await contextOf(line)
    expect(ctx.has('chatbot:quoted')).toBe(quoted !== undefined)
    expect(ctx.quoted?.msgtype).toBe(quoted?.msgtype)
    expect(ctx.quoted?.text).toBe(quoted?.text)
    expect(ctx.quoted?.isReadable).toBe(quoted && (quoted.isReadable ?? true))
    expect(ctx.quoted?.senderNick).toBe(quoted?.senderNick)
    expect(codesOf(ctx.quoted?.images ?? [])).toEqual(quoted?.images ?? [])
  })
})

/** The fields of a line, as a handler may have them. */
const messageNamed = async (name: string) => (await contextOf(evidenceNamed('inbound', name))).message

test('lengths are milliseconds, whatever the client sends', async () => {
  const ofPage = await messageNamed('A1 video')
  expect(ofPage).toMatchObject({ content: { duration: 4_000 } })
  const inSeconds = await messageNamed('A4 video')
  expect(inSeconds).toMatchObject({ content: { duration: 5_000 } })
})

test('the ids of people and places are there under their names', async () => {
  const mentioning = await messageNamed('B1 two mentions, plain text')
  expect(mentioning?.senderUnionId).toBe('dt1yXgY6Avu5uUyXQqQiEiE')
  expect(mentioning?.openThreadId).toBe(mentioning?.conversationId)
  const scene = await messageNamed('B6 custom bot, HTTP, scene group')
  expect(scene?.sceneGroupCode).toBe('project')
  expect(scene?.robotCode).toBeUndefined()
})

test('a forwarded message has the encrypted ids of its speakers', async () => {
  const message = await messageNamed('B20 merged forward to a DM')
  const speaker = { senderId: '$:LWCP_v1:$Qdjypx+6Fp33qJQg3OzMa8+B', senderName: '张三' }
  expect(message).toMatchObject({ content: { chatRecord: [speaker, speaker], summary: '张三:1\n张三:2' } })
})

test('a custom robot acts as the robot of the bot, for it has no code of its own', async () => {
  for (const robotCode of ['normal', '', undefined]) {
    const ctx = await contextOf({ data: { ...recordOf(evidenceNamed('inbound', 'A4 DM text').data), robotCode } })
    expect(ctx.robotCode).toBe('dingrobot')
  }
})
