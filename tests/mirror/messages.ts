import { createBot } from '@dingware/core'
import type { Message, Said, Simulator, Switches } from '@dingware/simulator'
import { caller } from '../page/support/platform.ts'

/** What the simulator sends where the platform sent something of which we have a line of evidence. */
export interface Mirrored {
  /** The line. */
  readonly line: string
  /** The fields of which the line is evidence; all of them when it is a whole message. */
  readonly fields?: readonly string[]
  readonly switches?: Partial<Switches>
  readonly send: (sim: Simulator) => Promise<unknown>
}

const older = { unionIds: false } as const
const text = ['msgtype', 'text'] as const
const content = ['msgtype', 'content'] as const
const quote = ['text', 'originalMsgId'] as const

const alice = (sim: Simulator) => sim.user('Alice')
const inTeam = (sim: Simulator) => sim.user('Alice').in(sim.group('Team'))
const payload = async (said: Promise<{ readonly payload: unknown }>) => (await said).payload
const wang = { nick: '王五' }

export const quoting = (sim: Simulator, message: Message | Said) => payload(inTeam(sim).quote(message).say('还对吗'))

/** The newest message of the bot in the group, which says it by webhook. */
async function answered(sim: Simulator, body: object) {
  const { payload: asked } = await inTeam(sim).say('?')
  await fetch(asked.sessionWebhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return sim.expectReply(() => true)
}

/** A card of the bot in the group. */
export async function carded(sim: Simulator) {
  const group = sim.group('Team', [alice(sim)])
  await (await caller(sim)).card({ group }, 'own.schema', { title: '标题', text: '正文' })
  return sim.expectReply(/正文/)
}

const said = (sim: Simulator, words: string) => sim.user('王五').in(sim.group('Team')).say(words)

export const spoken: readonly Mirrored[] = [
  {
    line: 'B1 two mentions, plain text',
    send: sim => payload(inTeam(sim).say('@Bot 给 @王五 发个消息“你好”', { at: [wang] })),
  },
  {
    line: 'B2 the same, formatted: richText',
    send: sim => {
      const parts = [{ at: { nick: 'Bot' } }, { text: '给' }, { at: wang }, { text: '发个消息“' }]
      return payload(inTeam(sim).send({ msgtype: 'richText', parts }))
    },
  },
  {
    line: 'B9 group from Windows',
    switches: older,
    send: sim => payload(inTeam(sim).say('你好', { client: 'Win' })),
  },
  { line: 'B11 DM text', switches: older, send: sim => payload(alice(sim).say('hello')) },
  { line: 'B11 DM file', switches: older, send: sim => payload(alice(sim).send({ msgtype: 'file' })) },
  { line: 'A4 DM text', fields: text, send: sim => payload(alice(sim).say('hello', { client: 'iOS' })) },
  { line: 'B3 "@bot /server" from a Mac', fields: text, send: sim => payload(inTeam(sim).say('/server')) },
  {
    line: 'B3 "@bot /server" from HarmonyOS',
    fields: content,
    send: sim => payload(inTeam(sim).say('/server', { client: 'HarmonyOS' })),
  },
  { line: 'B4 mention of a member at the end', fields: text, send: sim => payload(inTeam(sim).say('偷鱼')) },
  { line: 'B5 literally typed @', fields: text, send: sim => payload(inTeam(sim).say('提醒 @all 和 a@b.cn')) },
  {
    line: 'B6 custom bot, HTTP, scene group',
    fields: text,
    switches: { mentionBlanks: 'both' },
    send: sim => payload(inTeam(sim).say('哈哈哈', { at: [wang] })),
  },
  {
    line: 'C1 richText with glued mention',
    fields: content,
    switches: { mentionNodes: 'glued' },
    send: sim => payload(inTeam(sim).say('/clear', { client: 'HarmonyOS' })),
  },
  {
    line: 'C2 mention before a picture',
    fields: content,
    switches: { mentionNodes: 'glued' },
    send: sim => payload(inTeam(sim).send({ msgtype: 'richText', parts: [{ picture: {} }, { text: '看图' }] })),
  },
  {
    line: 'A7 delegate',
    fields: ['hostingContext', 'conversationMsgContext', ...text],
    send: sim => payload(alice(sim).say('在吗', { onBehalfOf: sim.user('王五') })),
  },
  {
    line: 'A6 quota, other names',
    switches: { ...older, quotaFields: 'errCode' },
    // The line has no robotCode.
    fields: ['senderPlatform', 'openThreadId', 'errCode', 'errMsg', 'msgtype', 'text'],
    send: async sim => {
      const { clientId, clientSecret, url } = sim
      await using bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
      bot.on('chatbot', () => {})
      await bot.start()
      sim.quota.push.limit = 0
      await alice(sim).say('hi')
      const found = await sim.until(() => sim.frames.find(({ raw }) => raw.includes('errCode')))
      return JSON.parse(Object(found.frame).data)
    },
  },
]

export const sent: readonly Mirrored[] = [
  {
    line: 'A1 richText',
    fields: content,
    send: sim => payload(alice(sim).send({ msgtype: 'richText', parts: [{ text: '这是' }, { picture: {} }] })),
  },
  { line: 'A1 video', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'video', duration: 4_000 })) },
  { line: 'A4 video', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'video', duration: '5' })) },
  { line: 'A4 picture', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'picture' })) },
  { line: 'B12 DM picture 2023', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'picture' })) },
  { line: 'A4 file', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'file' })) },
  { line: 'A4 audio without duration', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'audio' })) },
  { line: 'B13 DM audio', fields: content, send: sim => payload(alice(sim).send({ msgtype: 'audio' })) },
  {
    line: 'B20 merged forward to a DM',
    fields: [...content, 'isForwardMsg'],
    send: sim => payload(alice(sim).send({ msgtype: 'chatRecord', records: [{ from: '张三', content: '1' }] })),
  },
  {
    line: 'B20 merged forward, empty record',
    fields: [...content, 'isForwardMsg'],
    switches: { forwardMark: false },
    send: sim => {
      return payload(alice(sim).send({ msgtype: 'chatRecord', title: '聊天记录', summary: ['晴:你好', '雨:对'] }))
    },
  },
  {
    line: 'B21 record of mixed items',
    fields: content,
    send: sim => {
      const records = [
        { msgType: 'picture', downloadCode: 'x' },
        { msgType: 'unknownMsgType' },
        { content: '[合并的聊天记录]' },
      ]
      return payload(alice(sim).send({ msgtype: 'chatRecord', title: '聊天记录', records }))
    },
  },
  {
    line: 'B22 card of another bot, live',
    fields: content,
    send: sim => payload(inTeam(sim).send({ msgtype: 'interactiveCard', elements: [' 请从 1 数到 10'] })),
  },
]

export const quoted: readonly Mirrored[] = [
  {
    line: 'B26 quoted text in content.content',
    fields: quote,
    switches: { quoteText: 'content' },
    send: async sim => quoting(sim, await said(sim, '下午三点开会')),
  },
  {
    line: 'B26 quoted text in content.text',
    fields: quote,
    switches: { quoteNick: true },
    send: async sim => quoting(sim, await said(sim, '下午三点开会')),
  },
  {
    line: 'B26 quoted markdown',
    fields: quote,
    send: async sim =>
      quoting(sim, await answered(sim, { msgtype: 'markdown', markdown: { title: '周报', text: '## 周报' } })),
  },
  {
    // The key to restore it by comes on top: it stands beside the message, which is no part of the line.
    line: 'B19 quoted own card',
    fields: quote,
    send: async sim => quoting(sim, await carded(sim)),
  },
  {
    line: 'B18 quoted chatRecord',
    fields: quote,
    send: async sim => {
      const records = [{ from: '李四', content: '[消息]' }]
      const forwarded = await alice(sim).send({ msgtype: 'chatRecord', title: '聊天记录', records })
      return quoting(sim, forwarded)
    },
  },
  {
    line: 'B25 quoted text is ciphertext',
    fields: quote,
    switches: { quoteCipher: true },
    send: async sim => quoting(sim, await said(sim, '下午三点\n开会')),
  },
  {
    line: 'B25 ciphertext, enterprise encryption',
    fields: quote,
    switches: { quoteCipher: true, quoteText: 'content' },
    send: async sim => quoting(sim, await said(sim, '下午三点开会')),
  },
  {
    line: 'C12 legacy quoteMessage',
    fields: ['quoteMessage', 'text'],
    switches: { quoteShape: 'legacy' },
    send: async sim => quoting(sim, await said(sim, '旧引用')),
  },
]
