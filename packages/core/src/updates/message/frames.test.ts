import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { evidenceNamed } from '../../../fixtures/evidence.ts'
import { frameOf, frames, framesOf } from '../../../fixtures/frames.ts'
import { isReadByHosted } from './base.ts'
import { filesOf, imagesOf } from './media-of.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import { type Message, parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage, textsOf } from './text-of.ts'

/** What each frame must become: of the message that which is particular to its type, and what the accessors find. */
interface Expected {
  readonly msgtype: Message['msgtype']
  readonly body?: object
  readonly text: string
  readonly texts?: readonly string[]
  readonly images?: readonly object[]
  readonly files?: readonly object[]
}

const textFrame = (content: string): Expected => ({
  msgtype: 'text',
  body: { text: { content } },
  text: content.trim(),
  texts: [content],
})

const PICTURE = {
  downloadCode: 'JDmmS+kamRUfbPBlxCLTpCU92dNoSluvFVLTWrk+00i1CT31RyAhFzEDaYZ0dKe4qkRStv0njsNCIE6t3+AYiA==',
  pictureDownloadCode: 'JDmmS+kamRUfbPBlxCLTpCU92dNoSluvFVLTWrk+00i1CT31RyAhFzEDaYZ0dKe4',
}
const VOICE = 'TyQwp64mf9TzftPyC4xnfFne4oTUXRsGJ1HEIcnV5B4+ZmhI0ngaWUo4yqYOpjI9yfcj7UmQb43Ffr6cnWYznA=='
const VIDEO = '1/mqYAe1+Th2DdKZF+GLS5+w8Yb7AK5wYnDghXIObOLXw+/GFQvketzLmuMA9I2yM5C/DvMurKZLWGVQucolBw=='
const FILE = {
  downloadCode: 'vAf6xUclbrz3q8cHMXU/S6cNTAnYVvq0+JJVeHvenLrcKrhad9y7tSOnrPgYvfjbLaX/ubGk0rStcYEHldOlRg==',
  fileName: 'Q3预算.xlsx',
  spaceId: '25190412233',
  fileId: '178390021145',
}
const DENTRY =
  'dingtalk://dingtalkclient/page/yunpan?route=previewDentry&spaceId=25190412233&fileId=178390021300&type=file'
const ALIDOC = 'https://alidocs.dingtalk.com/i/nodes/EXAMPLEnodeId?utm_scene=team_space'

const EXPECTED: Readonly<Record<string, Expected>> = {
  'bot.text.dm': textFrame('帮我查一下今天的值班表'),
  'bot.text.group': textFrame(' /deploy staging'),
  'bot.text.group.empty_after_at': textFrame(' '),
  'bot.text.original_delivery': textFrame('重发测试'),
  'bot.text.redelivery': textFrame('重发测试'),
  'delegate.text': textFrame('在吗，方案给我一份'),
  'bot.picture.dm': {
    msgtype: 'picture',
    body: { content: PICTURE },
    text: '',
    images: [{ kind: 'picture', ...PICTURE }],
  },
  'bot.audio.dm': {
    msgtype: 'audio',
    body: { content: { downloadCode: VOICE, recognition: '明天上午十点提醒我开会', duration: 4200 } },
    text: '明天上午十点提醒我开会',
    texts: ['明天上午十点提醒我开会'],
    files: [{ kind: 'audio', downloadCode: VOICE }],
  },
  'bot.video.dm': {
    msgtype: 'video',
    body: { content: { downloadCode: VIDEO, videoType: 'mp4', duration: 13_000 } },
    text: '',
    files: [{ kind: 'video', downloadCode: VIDEO }],
  },
  'bot.file.dm.client': { msgtype: 'file', body: { content: FILE }, text: '', files: [{ kind: 'file', ...FILE }] },
  'bot.markdown.forwarded': {
    msgtype: 'markdown',
    body: { content: { title: '发布公告', text: '## v2.3.0\n- 修复登录\n- 新增导出' } },
    text: '## v2.3.0\n- 修复登录\n- 新增导出',
    texts: ['## v2.3.0\n- 修复登录\n- 新增导出'],
  },
  'bot.actionCard.forwarded': {
    msgtype: 'actionCard',
    body: {
      content: {
        title: '审批提醒',
        text: '张三提交了报销',
        actionUrlItemList: [{ actionUrl: 'https://example.com/approve/9' }],
      },
    },
    text: '张三提交了报销',
    texts: ['张三提交了报销'],
  },
  'bot.interactiveCard.dingdoc': {
    msgtype: 'interactiveCard',
    body: { content: { biz_custom_action_url: DENTRY } },
    text: DENTRY,
    texts: [DENTRY],
  },
  'bot.interactiveCard.alidocs': {
    msgtype: 'interactiveCard',
    body: { content: { biz_custom_action_url: ALIDOC } },
    text: ALIDOC,
    texts: [ALIDOC],
  },
  'bot.unknownMsgType': {
    msgtype: 'unknownMsgType',
    body: { content: { unknownMsgType: '用户发送了一条消息，机器人暂不支持接收。' } },
    text: '',
  },
  'bot.quota_exhausted': {
    msgtype: 'quota',
    body: { errorCode: '20001', errorMessage: '受调用量超量影响，当前消息服务已经暂停。' },
    text: '',
  },
}

// What replies quote has a test of its own.
const messages = framesOf('bot.', 'delegate.').filter(({ name }) => !name.startsWith('bot.reply.'))

test('no frame is left out', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(messages.map(({ name }) => name).sort())
})

describe.each(messages)('$name', ({ name, data }) => {
  const raw = structuredClone(data)
  const message = parseMessage(raw)
  const { msgtype, body = {}, text, texts = [], images = [], files = [] } = EXPECTED[name] ?? {}

  test('has the fields of its type, and those that all have', () => {
    const { text: _text, content: _content, sessionWebhook, ...shared } = data
    expect({ ...message }).toEqual({ ...shared, msgtype, ...body })
    expect(message.sessionWebhook).toBe(sessionWebhook)
  })

  test('gives away text and media, and quotes nothing', () => {
    expect(textOfMessage(message)).toBe(text)
    expect(textsOf(message)).toEqual(texts)
    expect(imagesOf(message)).toEqual(images)
    expect(filesOf(message)).toEqual(files)
    expect(quotedOf(message)).toBeUndefined()
  })
})

describe.each(framesOf('bot.', 'delegate.'))('$name', ({ data }) => {
  const raw = structuredClone(data)
  const message = parseMessage(raw)

  test('keeps its payload unchanged, and shows no session webhook', () => {
    expect(message.raw).toBe(raw)
    expect(raw).toEqual(data)
    expect(JSON.parse(JSON.stringify(message))).toEqual({
      ...data,
      ...('sessionWebhook' in data && { sessionWebhook: '***' }),
    })
    expect(inspect(message, { depth: 9 })).not.toContain('session=')
    expect(JSON.stringify({ ...message })).not.toContain('session=')
  })
})

test.each(frames.filter(({ name }) => !/^(bot|delegate)\./.test(name)))(
  '$name is no message, and survives',
  ({ data }) => {
    const message = parseMessage(data)
    expect(message.msgtype).not.toBe('quota')
    expect(message).toMatchObject({ msgId: '', conversationId: '', senderId: '', conversationType: '1' })
  },
)

test('a mention of several people tells the bot from the others', () => {
  const message = parseMessage(evidenceNamed('inbound', 'B4 mention of a member at the end').data)
  expect(isBotMentioned(message)).toBe(true)
  expect(mentionsOf(message)).toEqual([{ dingtalkId: '$:LWCP_v1:$Pz4iYJB/hNzocAaxq0+n0+A3' }])
})

test('a delegate message says for whom it is, and what that person has read', () => {
  const message = parseMessage(frameOf('delegate.text').data)
  expect(message.hostingContext).toEqual({ userId: 'manager4821', nick: '李工' })
  expect(message.conversationMsgContext?.map(isReadByHosted)).toEqual([true, false])
})
