import { DingTalkError } from '@dingware/transport'
import { endingOf, withEnding } from './file-name.ts'

/** Kinds of media that the platform tells apart. */
export type MediaType = 'image' | 'voice' | 'video' | 'file'

export interface MediaRule {
  /** Bytes. */
  readonly maxSize: number
  /** As endings of names. */
  readonly formats: readonly string[]
  /** What to do with a file that is too large. */
  readonly advice: string
}

const MB = 1024 * 1024

/**
 * What may be uploaded (open.dingtalk.com: upload-media-files). The page is narrower than the platform: it takes text and
 * Markdown as files (QwenPaw#3760, soimy/openclaw-channel-dingtalk#482) and Ogg as voice (robot-message-type, AstrBot#6082).
 */
export const MEDIA_RULES: Readonly<Record<MediaType, MediaRule>> = {
  image: {
    maxSize: 20 * MB,
    formats: ['jpg', 'gif', 'png', 'bmp'],
    advice: 'Make the picture smaller, or send a link to it.',
  },
  voice: {
    maxSize: 2 * MB,
    formats: ['ogg', 'amr', 'mp3', 'wav'],
    advice: "Shorten the recording or lower its bit rate, or give the type 'file'.",
  },
  video: { maxSize: 20 * MB, formats: ['mp4'], advice: 'Lower its bit rate, or send a link to it.' },
  file: {
    maxSize: 20 * MB,
    formats: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'],
    advice: 'Split it, or send a link to it.',
  },
}

export const MEDIA_TYPES: readonly MediaType[] = ['image', 'voice', 'video', 'file']
/** No kind may be larger. */
export const LARGEST: number = Math.max(...MEDIA_TYPES.map(type => MEDIA_RULES[type].maxSize))

/** What each kind may be besides the documented formats, if the platform takes it: that is for it to say. */
const MIME_TYPES: Readonly<Record<Exclude<MediaType, 'file'>, RegExp>> = {
  image: /^image\//,
  voice: /^audio\/|^application\/ogg/,
  video: /^video\//,
}

/** Other names of the same formats, as endings and as `file-type` calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  jpe: 'jpg',
  apng: 'png',
  m4v: 'mp4',
  opus: 'ogg',
  oga: 'ogg',
  spx: 'ogg',
  ai: 'pdf',
  htm: 'html',
  xhtml: 'html',
}
/** Old Office files, and new ones with a password, are all one container, which does not say which. */
const IN_CFB: ReadonlySet<string> = new Set(['doc', 'xls', 'ppt', 'docx', 'xlsx', 'pptx'])
/** Where the telling part of the container comes late, it looks like any other zip. */
const IN_ZIP: ReadonlySet<string> = new Set(['docx', 'xlsx', 'pptx'])
/** May begin with other bytes than those that they are known by: padding, or what a scanner put in front. */
const LATE_MARK: ReadonlySet<string> = new Set(['pdf', 'mp3'])
/** Containers and languages of many formats, of which the name says more. */
const GENERAL: ReadonlySet<string> = new Set(['cfb', 'zip', 'xml', 'gz'])
const PAGE = /^\ufeff?\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html)\b/i

/** What is known of a file. */
export interface Content {
  /** What `file-type` calls it. */
  readonly ext?: string | undefined
  readonly mime?: string | undefined
  /** The text that it begins with, as far as it is one. */
  readonly start?: string | undefined
}

/**
 * The format of a file: by its content, which beats its name. The name decides only where the content leaves it open.
 *
 * @returns An ending. None where nothing is known, or where the name is one of a picture, a voice or a video and the content
 *   is not.
 */
export function formatOf({ ext, start = '' }: Content, fileName: string | undefined): string | undefined {
  const ending = endingOf(fileName)
  const named = ALIASES[ending] ?? ending
  if (ext === undefined || ext === 'xml') {
    if (named === 'html' || (named === '' && PAGE.test(start))) return 'html'
    if (ext === undefined) return LATE_MARK.has(named) || playedAs(named) === undefined ? named || undefined : undefined
  }
  if (ext === 'cfb' && IN_CFB.has(named)) return named
  if (ext === 'zip' && IN_ZIP.has(named)) return named
  return ALIASES[ext] ?? ext
}

/** The kind in which a format shows or plays. */
function playedAs(format: string | undefined): Exclude<MediaType, 'file'> | undefined {
  const kinds = ['image', 'voice', 'video'] as const
  return kinds.find(type => format !== undefined && MEDIA_RULES[type].formats.includes(format))
}

/**
 * The kind that a file goes as. Only what is surely wrong is refused: web pages (HKUDS/nanobot#2696), and what is no picture,
 * voice or video but is to be one.
 *
 * @throws DingTalkError `ERR_MEDIA_FORMAT`
 */
export function mediaTypeOf(
  what: string,
  content: Content,
  fileName: string | undefined,
  wanted: MediaType | undefined,
): MediaType {
  const format = formatOf(content, fileName)
  if (format === 'html') throw isPage(what)
  const own = playedAs(format)
  const { mime = '' } = content
  if (wanted === undefined) {
    const isBroken = format === undefined && playedAs(ALIASES[endingOf(fileName)] ?? endingOf(fileName)) !== undefined
    if (isBroken) throw wrongFormat(what, format, wanted)
    return own ?? 'file'
  }
  if (wanted === 'file' || own === wanted || MIME_TYPES[wanted].test(mime)) return wanted
  throw wrongFormat(what, content.ext && format, wanted)
}

/**
 * The name under which a file goes: with the ending of its format where the content is surely of another than the name says,
 * since people's devices go by the name.
 */
export function fileNameFor(content: Content, fileName: string | undefined, type: MediaType): string {
  const format = formatOf(content, fileName)
  const name = fileName ?? 'media'
  if (format === undefined || content.ext === undefined) return name
  const ending = endingOf(name)
  const isDocumented = MEDIA_TYPES.some(kind => MEDIA_RULES[kind].formats.includes(ALIASES[ending] ?? ending))
  const isKept = ending !== '' && type === 'file' && (!isDocumented || GENERAL.has(content.ext))
  return isKept ? name : withEnding(name, format)
}

/** @throws DingTalkError `ERR_MEDIA_TOO_LARGE` */
export function checkSize(what: string, size: number, type: MediaType | undefined): void {
  const { maxSize, advice } = type ? MEDIA_RULES[type] : { maxSize: LARGEST, advice: MEDIA_RULES.file.advice }
  if (size <= maxSize) return
  const kind = type ? `a media of type ${type}` : 'any media'
  const message = `${what} was not uploaded: it has ${size} bytes or more, and ${kind} may have ${maxSize} (${maxSize / MB} MB). ${advice}`
  throw new DingTalkError(message, { code: 'ERR_MEDIA_TOO_LARGE' })
}

function isPage(what: string): DingTalkError {
  const message = `${what} was not uploaded: it is a web page (html), which the platform refuses. Put it into a zip.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_FORMAT' })
}

function wrongFormat(what: string, found: string | undefined, wanted: MediaType | undefined): DingTalkError {
  const is = found ? `it is ${found} by its content` : 'its content is of no format that is known'
  const be = wanted ? `it was to go as ${wanted} (${MEDIA_RULES[wanted].formats.join(' ')})` : 'its name says otherwise'
  const message = `${what} was not uploaded: ${is}, and ${be}. Leave \`type\` out or give 'file' to send it as a file, with a name that fits.`
  return new DingTalkError(message, { code: 'ERR_MEDIA_FORMAT' })
}
