import { expectTypeOf, test } from 'vitest'
import type { MediaRef } from './media-of.ts'
import { imagesOf } from './media-of.ts'
import {
  type Message,
  type MessageByType,
  type MSGTYPES,
  type Msgtype,
  parseMessage,
  type TextMessage,
} from './message.ts'
import { type Quoted, quotedOf } from './quoted.ts'
import type { RichTextNode, RichTextText } from './rich-text.ts'

declare const message: Message

test('the list of types is the list of types', () => {
  expectTypeOf<(typeof MSGTYPES)[number]>().toEqualTypeOf<Msgtype>()
  expectTypeOf<keyof MessageByType>().toEqualTypeOf<Msgtype>()
  expectTypeOf<MessageByType['text']>().toEqualTypeOf<TextMessage>()
  expectTypeOf<MessageByType[Msgtype]>().toEqualTypeOf<Message>()
  // @ts-expect-error: there is no such type
  expectTypeOf<MessageByType['hologram']>()
})

test('a message is told apart by its type', () => {
  expectTypeOf(parseMessage(null)).toEqualTypeOf<Message>()
  if (message.msgtype === 'text') expectTypeOf(message.text.content).toBeString()
  if (message.msgtype === 'picture') expectTypeOf(message.content.downloadCode).toBeString()
  if (message.msgtype === 'audio') expectTypeOf(message.content.duration).toEqualTypeOf<number | undefined>()
  if (message.msgtype === 'markdown') expectTypeOf(message.content.text).toBeString()
  if (message.msgtype === 'interactiveCard')
    expectTypeOf(message.content.biz_custom_action_url).toEqualTypeOf<string | undefined>()
  if (message.msgtype === 'chatRecord')
    expectTypeOf(message.content.chatRecord[0]?.senderName).toEqualTypeOf<string | undefined>()
  if (message.msgtype === 'quota') expectTypeOf(message.errorCode).toBeString()
  if (message.msgtype === 'unknown') expectTypeOf(message.wireMsgtype).toEqualTypeOf<string | undefined>()
})

test('what a type does not have is an error', () => {
  // @ts-expect-error: not all messages have a text
  message.text
  // @ts-expect-error: no message is of this type
  if (message.msgtype === 'hologram') return
  // @ts-expect-error: a quota notice has no content
  if (message.msgtype === 'quota') message.content
  // @ts-expect-error: messages are not to be changed
  message.msgId = ''
})

test('a file has a download code or a place in the drive', () => {
  if (message.msgtype !== 'file') return
  // @ts-expect-error: only files of the API have one
  message.content.dentryId
  if (message.content.downloadCode !== undefined) expectTypeOf(message.content.downloadCode).toBeString()
  else expectTypeOf(message.content.dentryId).toBeString()
})

test('nodes of rich text are told apart', () => {
  expectTypeOf<Extract<RichTextNode, { type: 'text' }>>().toEqualTypeOf<RichTextText>()
  expectTypeOf<RichTextNode['type']>().toEqualTypeOf<
    'text' | 'picture' | 'at' | 'emoji' | 'skill' | 'file' | 'audio' | 'video' | 'unknown'
  >()
})

test('accessors take any message', () => {
  expectTypeOf(imagesOf(message)).toEqualTypeOf<MediaRef[]>()
  expectTypeOf(quotedOf(message)).toEqualTypeOf<Quoted | undefined>()
})
