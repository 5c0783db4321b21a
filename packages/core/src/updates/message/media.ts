import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { durationOf } from './duration.ts'

/** A picture sent alone; pictures between text come in a {@link RichTextMessage}. */
export interface PictureMessage extends MessageBase, PictureBody {}
/** A voice note. */
export interface AudioMessage extends MessageBase, AudioBody {}
export interface VideoMessage extends MessageBase, VideoBody {}
/** A file. In groups it reaches the bot only when somebody quotes it. */
export interface FileMessage extends MessageBase, FileBody {}

export interface PictureBody {
  readonly msgtype: 'picture'
  readonly content: PictureContent
}

export interface PictureContent {
  readonly downloadCode: string
  /** A second code, to be tried when `downloadCode` fails. */
  readonly pictureDownloadCode?: string | undefined
  /** Rarely sent. */
  readonly pictureUrl?: string | undefined
}

export interface AudioBody {
  readonly msgtype: 'audio'
  readonly content: AudioContent
}

export interface AudioContent {
  /** Missing where the platform gives nothing but the transcript (hermes#38211). */
  readonly downloadCode?: string | undefined
  /** DingTalk's own transcript. */
  readonly recognition?: string | undefined
  /** Milliseconds. */
  readonly duration?: number | undefined
}

export interface VideoBody {
  readonly msgtype: 'video'
  readonly content: VideoContent
}

export interface VideoContent {
  readonly downloadCode: string
  /** Such as `mp4`. */
  readonly videoType?: string | undefined
  /** Milliseconds. */
  readonly duration?: number | undefined
}

export interface FileBody {
  readonly msgtype: 'file'
  readonly content: ClientFile | ApiFile
}

/** A file that was sent in a client: to be had by its download code. */
export interface ClientFile {
  readonly downloadCode: string
  readonly fileName?: string | undefined
  readonly spaceId?: string | undefined
  readonly fileId?: string | undefined
}

/** A file that was sent through the API: it has no download code and is to be had from the drive. */
export interface ApiFile {
  readonly downloadCode?: undefined
  readonly dentryId: string
  readonly spaceId: string
  readonly fileName?: string | undefined
  readonly fileType?: string | undefined
  /** Bytes. */
  readonly fileSize?: number | undefined
  readonly filePath?: string | undefined
}

const { text, filled, id, number } = lenient
const Code = v.pipe(v.string(), v.nonEmpty())
const Id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.nonEmpty())

const Picture = v.object({ downloadCode: filled, pictureDownloadCode: filled, pictureUrl: text })
const Audio = v.object({ downloadCode: filled, recognition: filled, duration: v.optional(v.unknown()) })
const Video = v.object({ downloadCode: Code, videoType: text, duration: v.optional(v.unknown()) })
const FromClient = v.object({ downloadCode: Code, fileName: text, spaceId: id, fileId: id })
const FromApi = v.object({
  dentryId: Id,
  spaceId: Id,
  fileName: text,
  fileType: text,
  fileSize: number,
  filePath: text,
})

export function readPicture({ content }: lenient.Fields): PictureBody | undefined {
  const result = v.safeParse(Picture, lenient.recordOf(content))
  if (!result.success) return undefined
  const { downloadCode, pictureDownloadCode } = result.output
  // Either of them leads to it.
  const code = downloadCode ?? pictureDownloadCode
  return code === undefined ? undefined : { msgtype: 'picture', content: { ...result.output, downloadCode: code } }
}

/**
 * Reads a voice note (`audio`, or `voice`): in `content`, in old messages in `audio` at the top, and what is in neither beside
 * them (dingtalk-openclaw-connector, hermes#49546).
 */
export function readAudio(fields: lenient.Fields): AudioBody | undefined {
  const inner = [fields.content, fields.audio, fields.voice].flatMap(one => lenient.recordOf(one) ?? [])
  const places = [...inner, fields].map(place => v.parse(Audio, place))
  const one = <K extends keyof (typeof places)[number]>(name: K) =>
    places.find(place => place[name] !== undefined)?.[name]
  const downloadCode = one('downloadCode')
  const recognition = one('recognition')
  if (inner.length === 0 && (downloadCode ?? recognition) === undefined) return undefined
  return { msgtype: 'audio', content: { downloadCode, recognition, duration: durationOf(one('duration')) } }
}

export function readVideo({ content }: lenient.Fields): VideoBody | undefined {
  const result = v.safeParse(Video, lenient.recordOf(content))
  if (!result.success) return undefined
  return { msgtype: 'video', content: { ...result.output, duration: durationOf(result.output.duration) } }
}

export function readFile({ content }: lenient.Fields): FileBody | undefined {
  const result = v.safeParse(v.union([FromClient, FromApi]), lenient.recordOf(content))
  return result.success ? { msgtype: 'file', content: result.output } : undefined
}
