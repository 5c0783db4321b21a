import { expect, test } from 'vitest'
import { framesOf } from '../../../fixtures/frames.ts'
import { parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage } from './text-of.ts'

const EARLIER = { senderId: '$:LWCP_v1:$77e6789426d131e4d862ecac', createAt: 1789899400000 }

/** What was said, and what it quotes. */
const EXPECTED: Readonly<Record<string, { readonly text: string; readonly quoted: object }>> = {
  'bot.reply.text.variantA': {
    text: '这条是什么意思',
    quoted: { ...EARLIER, msgId: 'msgN409/Qsemp3ZoCuUPkTbuQ==', msgtype: 'text', text: '周五前要交付 demo' },
  },
  'bot.reply.picture': {
    text: '图里写了啥',
    quoted: {
      ...EARLIER,
      msgId: 'msgDOxO9jVPUHi1TP+qTLUJVQ==',
      msgtype: 'picture',
      images: [
        {
          kind: 'picture',
          downloadCode: '1Skk+uSONDEOjfTy3CKtvOgV55yROl6nldhs/urn5yKQQhO8tG9Qv3W8XNtx7FsWp2j13X97Qg5UPdlZYLd4Ew==',
        },
      ],
    },
  },
  'bot.reply.file': {
    text: '总结一下',
    quoted: {
      ...EARLIER,
      msgId: 'msg8rWU0MSg9WpQlQ8tyN6Ftw==',
      msgtype: 'file',
      files: [
        {
          kind: 'file',
          downloadCode: 'fR3IXi3QtrOUSP32fsYdPpm1NkHhl9UfWEj8fDeScQL8ijZYHRVDJe0Yq6DzAax11Us5rL+Dp4aWQQ84xSsE4Q==',
          fileName: '合同v3.docx',
          spaceId: '25190412233',
          fileId: '178390021777',
        },
      ],
    },
  },
  'bot.reply.audio': {
    text: '这条是什么意思',
    quoted: {
      ...EARLIER,
      msgId: 'msgTgc/kE2y9w3h270fYUEd5A==',
      msgtype: 'audio',
      text: '客户说要改价格',
      files: [
        {
          kind: 'audio',
          downloadCode: 'If+MUr0jUmvUkmbxmH2lneI7YrTHuX/sA9sml5JFPJYimQvSn6wBOgjb/GHWuelNigiRSgIWN3Jw5TuMwYO2Ow==',
        },
      ],
    },
  },
  'bot.reply.video': {
    text: '这条是什么意思',
    quoted: {
      ...EARLIER,
      msgId: 'msgKSADybKamejJGOdY0Dauew==',
      msgtype: 'video',
      files: [
        {
          kind: 'video',
          downloadCode: 'QPMOB2sV3TNtRwyY73rzCcywlA7hoIgQVnmgWXAK3nuNi8dqQ6z0JAi5SS5T+eErsHEIh+QGa9EG8VD6Hur9Zw==',
        },
      ],
    },
  },
  'bot.reply.own_card.empty': {
    text: '第二点展开说说',
    quoted: {
      msgId: 'msgDr0eh6T1R7GXTIQLNFfEdQ==',
      msgtype: 'interactiveCard',
      senderId: '$:LWCP_v1:$Qm7tXw2vKJ9pR4sLh0ZbNg==',
      createAt: 1789899880000,
      processQueryKey: 'h0Qm2cVx9exampleCarrierIdAAA=',
    },
  },
  'bot.reply.chatRecord': {
    text: '这条是什么意思',
    quoted: {
      ...EARLIER,
      msgId: 'msgCG/2TysvGAndKlbWQNwSPQ==',
      msgtype: 'chatRecord',
      text: '赵敏:方案A\n李工:同意',
    },
  },
  'bot.reply.dingdoc': {
    text: '这条是什么意思',
    quoted: {
      ...EARLIER,
      msgId: 'msgOw6AtLOrwwWYLK83Gwd2aA==',
      msgtype: 'interactiveCard',
      text: 'https://alidocs.dingtalk.com/i/nodes/EXAMPLEnode2',
    },
  },
  'bot.reply.unknown': {
    text: '这条是什么意思',
    quoted: { ...EARLIER, msgId: 'msgkLiDnTKbVyD8EHa/krJH5g==', msgtype: 'unknownMsgType' },
  },
}

const replies = framesOf('bot.reply.')

test('no frame is left out', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(replies.map(({ name }) => name).sort())
})

test.each(replies)('$name', ({ name, data }) => {
  const message = parseMessage(data)
  const { text = '', quoted } = EXPECTED[name] ?? {}
  expect(message).toMatchObject({ msgtype: 'text', text: { content: ` ${text}` } })
  expect(textOfMessage(message)).toBe(text)
  expect(quotedOf(message)).toEqual({ images: [], files: [], isReadable: true, ...quoted })
})
