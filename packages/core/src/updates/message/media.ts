import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { durationOf } from './duration.ts'

/** Picture sent on its own; pictures between text come in a `RichTextMessage`. */
export interface PictureMessage extends MessageBase, PictureBody {}
/** Voice note, with DingTalk's transcript if there is one. */
export interface AudioMessage extends MessageBase, AudioBody {}
/** Video. */
export interface VideoMessage extends MessageBase, VideoBody {}
/** File. In groups, bots get a file only when somebody quotes it. */
export interface FileMessage extends MessageBase, FileBody {}

export interface PictureBody {
  readonly msgtype: 'picture'
  readonly content: PictureContent
}

export interface PictureContent {
  /** Code for `ctx.download`; expires soon. */
  readonly downloadCode: string
  /** Second code, to be tried if `downloadCode` fails. */
  readonly pictureDownloadCode?: string | undefined
  /** Address of the picture; rarely sent. */
  readonly pictureUrl?: string | undefined
}

export interface AudioBody {
  readonly msgtype: 'audio'
  readonly content: AudioContent
}

export interface AudioContent {
  /** Code for `ctx.download`; missing if the platform gives the transcript only (hermes#38211). */
  readonly downloadCode?: string | undefined
  /** DingTalk's transcript. */
  readonly recognition?: string | undefined
  /** Duration in milliseconds. */
  readonly duration?: number | undefined
}

export interface VideoBody {
  readonly msgtype: 'video'
  readonly content: VideoContent
}

export interface VideoContent {
  /** Code for `ctx.download`; expires soon. */
  readonly downloadCode: string
  /** Format, such as `mp4`. */
  readonly videoType?: string | undefined
  /** Duration in milliseconds. */
  readonly duration?: number | undefined
}

export interface FileBody {
  readonly msgtype: 'file'
  readonly content: ClientFile | ApiFile
}

/** File that was sent in a client, downloadable by its code. */
export interface ClientFile {
  /** Code for `ctx.download`; expires soon. */
  readonly downloadCode: string
  /** Name of the file. */
  readonly fileName?: string | undefined
  /** Space in the drive. */
  readonly spaceId?: string | undefined
  /** Id of the file in its space. */
  readonly fileId?: string | undefined
}

/** File that was sent through the API: it has no download code, but is in the drive. `ctx.download` handles both. */
export interface ApiFile {
  /** Always missing; tells this type from {@link ClientFile}. */
  readonly downloadCode?: undefined
  /** Id in the drive. */
  readonly dentryId: string
  /** Space in the drive. */
  readonly spaceId: string
  /** Name of the file. */
  readonly fileName?: string | undefined
  /** File extension. */
  readonly fileType?: string | undefined
  /** Size in bytes. */
  readonly fileSize?: number | undefined
  /** Path in the drive. */
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
  // Either code leads to the picture.
  const code = downloadCode ?? pictureDownloadCode
  return code === undefined ? undefined : { msgtype: 'picture', content: { ...result.output, downloadCode: code } }
}

/**
 * Parses a voice note (`audio` or `voice`): from `content`, in old messages from a top-level `audio`, and fields
 * missing there from beside them (dingtalk-openclaw-connector, hermes#49546).
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
