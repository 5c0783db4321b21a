import type { FileInput, Files } from '../files/store.ts'
import { stableId } from '../random/random.ts'
import type { Content } from '../world/types.ts'
import type { RichTextPart, UserContent } from './speech.ts'

/** What a message carries, on the wire and on the screen. */
export interface Carried {
  readonly msgtype: string
  readonly text?: string
  readonly content?: unknown
  readonly shown: Content
}

/** Kinds that can have an @ in a group; files, voice and video cannot (open.dingtalk.com: robot-message-type). */
const MENTIONING: readonly string[] = ['text', 'richText', 'interactiveCard']

export function canMention(content: UserContent): boolean {
  return MENTIONING.includes(content.msgtype)
}

type Known = Exclude<UserContent, { readonly content: unknown }>

/** Makes the body of a message: files are stored, and get codes for this bot. */
export function carry(content: UserContent, files: Files, robotCode: string): Carried {
  if ('content' in content) return other(content.msgtype, content.content)
  if (content.msgtype === 'text')
    return { msgtype: 'text', text: content.text, shown: { kind: 'text', text: content.text } }
  const body = bodyOf(content, files, robotCode)
  if (content.msgtype !== 'markdown') return other(content.msgtype, body)
  return { msgtype: 'markdown', content: body, shown: { kind: 'markdown', title: content.title, text: content.text } }
}

function other(msgtype: string, content: unknown): Carried {
  return { msgtype, content, shown: { kind: 'other', msgtype, body: content } }
}

function bodyOf(content: Exclude<Known, { msgtype: 'text' }>, files: Files, robotCode: string): unknown {
  const code = (input: FileInput | undefined, fallback: string) => {
    const file = files.put(input ?? {}, fallback)
    return { file, ...files.code(file, robotCode) }
  }
  switch (content.msgtype) {
    case 'picture': {
      const { downloadCode, pictureDownloadCode } = code(content.file, 'picture.png')
      return { pictureDownloadCode, downloadCode }
    }
    case 'richText':
      return { richText: content.parts.map(part => richTextNode(part, code)) }
    case 'audio': {
      const { duration = 1_000, recognition = '', file } = content
      return { duration, downloadCode: code(file, 'voice.amr').downloadCode, recognition }
    }
    case 'video': {
      const { duration = 1, file } = content
      return { duration, downloadCode: code(file, 'video.mp4').downloadCode, videoType: 'mp4' }
    }
    case 'file':
      return fileBody(content, code(content.file, 'file.txt'))
    case 'markdown':
      return { title: content.title, text: content.text }
    case 'actionCard': {
      const { title, text, urls = [] } = content
      return { title, text, actionUrlItemList: urls.map(actionUrl => ({ actionUrl })) }
    }
    case 'interactiveCard':
      return content.texts ? { cardContent: textTree(content.texts) } : { biz_custom_action_url: content.url ?? '' }
    case 'chatRecord': {
      const { title, summary, records = [] } = content
      return { title, summary, chatRecord: JSON.stringify(records) }
    }
    case 'unknownMsgType':
      return { unknownMsgType: '用户发送了一条消息，机器人暂不支持接收。' }
  }
}

type Coded = {
  file: { fileId: string; name: string; bytes: Uint8Array }
  downloadCode: string
  pictureDownloadCode: string
}

function richTextNode(part: RichTextPart, code: (file: FileInput, fallback: string) => Coded): object {
  if ('text' in part) return { text: part.text }
  if ('at' in part) return { type: 'at', atName: part.at.nick, atUserId: part.at.userId }
  if ('skill' in part) return { type: 'skill', skillData: part.skill }
  const { downloadCode, pictureDownloadCode } = code(part.picture, 'picture.png')
  return { type: 'picture', pictureDownloadCode, downloadCode }
}

/** Every file lies in one space of the simulator's drive; its `dentryId` there is its id in figures. */
export const SPACE_ID = '25190412233'

export function dentryId(fileId: string): string {
  return stableId('dentry', fileId).digits.slice(0, 12)
}

function fileBody({ by }: { readonly by?: 'client' | 'api' }, { file, downloadCode }: Coded): object {
  const id = dentryId(file.fileId)
  if (by !== 'api') return { spaceId: SPACE_ID, fileName: file.name, downloadCode, fileId: id }
  const fileType = file.name.slice(file.name.lastIndexOf('.') + 1)
  const fileSize = file.bytes.length
  return { dentryId: id, spaceId: SPACE_ID, fileName: file.name, fileType, fileSize, filePath: `/${file.name}` }
}

/** The first leaf is the name that was @ed. */
export function textTree(texts: readonly string[]): object[] {
  const children = texts.map(value => ({ elementType: 'TEXT', value }))
  return [{ elementType: 'CONTAINER', children }]
}
