import type { Switches } from '../../options/switches.ts'
import type { Content } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import { dentryId, SPACE_ID } from '../files/drive.ts'
import type { FileInput, Files } from '../files/store.ts'
import { elementTree } from './elements.ts'
import { forwardedBody } from './forwarded.ts'
import { partsOf, plainText, typed } from './mentions.ts'
import { shownRichText, wireRichText } from './rich-text.ts'
import type { RichTextPart, UserContent } from './speech.ts'
import { wireVoice } from './voice.ts'

/** The content of a message in both forms: for the wire, and for the chat. */
export interface WireContent {
  readonly msgtype: string
  /** Of msgtype `text`; all others toWireContent `content`. */
  readonly text?: string
  readonly content?: unknown
  /** Further fields of the message, beside its content. */
  readonly top?: object
  readonly shown: Content
  /** Names that stand before what is shown. */
  readonly front: readonly string[]
}

export interface WireContentDeps {
  readonly files: Files
  readonly switches: Switches
  readonly world: Pick<World, 'person'>
}

/** The circumstances in which a message is written. */
export interface Author {
  readonly robotCode: string
  /** Names that were picked, the bot's among them where it is @ed. */
  readonly names: readonly string[]
  /** The client: HarmonyOS makes a rich text of every text. */
  readonly client: string
}

/** Kinds that can have an @ in a group; files, voice and video cannot (open.dingtalk.com: robot-message-type). */
const MENTIONING: readonly string[] = ['text', 'richText', 'interactiveCard']

export function canMention(content: UserContent): boolean {
  return MENTIONING.includes(content.msgtype)
}

type Known = Exclude<UserContent, { readonly content: unknown }>
type Code = (file: FileInput | undefined, fallback: string) => Coded

interface Coded {
  readonly file: { readonly fileId: string; readonly name: string; readonly bytes: Uint8Array }
  readonly downloadCode: string
  readonly pictureDownloadCode: string
}

/** Converts content for the wire and the chat: files are stored, and get codes for this bot. */
export function toWireContent(
  deps: WireContentDeps,
  content: UserContent,
  { robotCode, names, client }: Author,
): WireContent {
  const { files, switches } = deps
  if ('content' in content) return other(content.msgtype, content.content, names)
  const code: Code = (input, fallback) => {
    const file = files.put(input ?? {}, fallback)
    return { file, ...files.code(file, robotCode) }
  }
  switch (content.msgtype) {
    case 'text': {
      const { runs, front } = typed(content.text, names)
      if (client === 'HarmonyOS') return richText(partsOf(runs), code, switches, front)
      const shown = { kind: 'text', text: content.text } as const
      return { msgtype: 'text', text: plainText(runs, switches), shown, front }
    }
    case 'richText': {
      const front = names.filter(name => !content.parts.some(part => 'at' in part && part.at.nick === name))
      return richText([...front.map(nick => ({ at: { nick } })), ...content.parts], code, switches, front)
    }
    case 'audio': {
      const { duration = 1_000, recognition = '', file } = content
      const voice = { duration, downloadCode: code(file, 'voice.amr').downloadCode, recognition }
      return { ...other('audio', voice, names), ...wireVoice(voice, switches) }
    }
    case 'chatRecord': {
      const body = forwardedBody(content, nick => deps.world.person(nick).dingtalkId)
      // Some of the captured ones have the mark (soimy/openclaw-channel-dingtalk#202), some have not.
      return { ...other('chatRecord', body, names), ...(switches.forwardMark && { top: { isForwardMsg: '1' } }) }
    }
    case 'markdown': {
      const { title, text } = content
      return { msgtype: 'markdown', content: { title, text }, shown: { kind: 'markdown', title, text }, front: names }
    }
    default:
      return other(content.msgtype, bodyOf(content, code, names), names)
  }
}

function other(msgtype: string, content: unknown, front: readonly string[]): WireContent {
  return { msgtype, content, shown: { kind: 'other', msgtype, body: content }, front }
}

function richText(
  parts: readonly RichTextPart[],
  code: Code,
  switches: Switches,
  front: readonly string[],
): WireContent {
  const codeOf = (picture: FileInput) => code(picture, 'picture.png').downloadCode
  const nodes = parts.map(part => ('picture' in part ? { code: codeOf(part.picture) } : part))
  return {
    msgtype: 'richText',
    content: { richText: wireRichText(nodes, switches) },
    shown: { kind: 'other', msgtype: 'richText', body: { richText: shownRichText(nodes.slice(front.length)) } },
    front,
  }
}

type Simple = Exclude<Known, { msgtype: 'text' | 'richText' | 'audio' | 'chatRecord' | 'markdown' }>

function bodyOf(content: Simple, code: Code, names: readonly string[]): unknown {
  switch (content.msgtype) {
    case 'picture': {
      const { downloadCode, pictureDownloadCode } = code(content.file, 'picture.png')
      return { pictureDownloadCode, downloadCode }
    }
    case 'video': {
      const { duration = 1, file } = content
      return { duration, downloadCode: code(file, 'video.mp4').downloadCode, videoType: 'mp4' }
    }
    case 'file':
      return fileBody(content, code(content.file, 'file.txt'))
    // unproven: nobody has captured a person's actionCard or markdown.
    case 'actionCard': {
      const { title, text, urls = [] } = content
      return { title, text, actionUrlItemList: urls.map(actionUrl => ({ actionUrl })) }
    }
    case 'interactiveCard': {
      const { elements, url = '' } = content
      if (!elements) return { biz_custom_action_url: url }
      // The @s are words like all others, in front (a card of another bot, live).
      const whole = [...names.map(name => `@${name}`), ...elements]
      return { cardContent: elementTree(whole, picture => code(picture, 'picture.png').downloadCode) }
    }
    case 'unknownMsgType':
      return { unknownMsgType: '用户发送了一条消息，机器人暂不支持接收。' }
  }
}

function fileBody({ by }: { readonly by?: 'client' | 'api' }, { file, downloadCode }: Coded): object {
  const id = dentryId(file.fileId)
  if (by !== 'api') return { spaceId: SPACE_ID, fileName: file.name, downloadCode, fileId: id }
  const fileType = file.name.slice(file.name.lastIndexOf('.') + 1)
  const fileSize = file.bytes.length
  return { dentryId: id, spaceId: SPACE_ID, fileName: file.name, fileType, fileSize, filePath: `/${file.name}` }
}
