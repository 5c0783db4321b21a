import { DingTalkError } from '@dingware/transport'
import { endingOf, withEnding } from './file-name.ts'

/** Media types of the upload API. */
export type MediaType = 'image' | 'voice' | 'video' | 'file'

export interface MediaRule {
  /** In bytes. */
  readonly maxSize: number
  /** As file extensions. */
  readonly formats: readonly string[]
  /** Remedy for a file that is too large. */
  readonly advice: string
}

const MB = 1024 * 1024

/**
 * Limits of uploads (open.dingtalk.com: upload-media-files). The platform accepts more than the page says: text and
 * Markdown as files (QwenPaw#3760, soimy/openclaw-channel-dingtalk#482) and Ogg as voice (robot-message-type,
 * AstrBot#6082).
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
/** Limit that holds for all types. */
export const LARGEST: number = Math.max(...MEDIA_TYPES.map(type => MEDIA_RULES[type].maxSize))

/** Content types that are allowed besides the documented formats; whether the platform takes them is left to it. */
const MIME_TYPES: Readonly<Record<Exclude<MediaType, 'file'>, RegExp>> = {
  image: /^image\//,
  voice: /^audio\/|^application\/ogg/,
  video: /^video\//,
}

/** Other names of the same formats, as extensions and as `file-type` calls them. */
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
/** Old Office files, and new ones with a password, share a container format that does not tell which they are. */
const IN_CFB: ReadonlySet<string> = new Set(['doc', 'xls', 'ppt', 'docx', 'xlsx', 'pptx'])
/** If the entry that tells them apart comes late in the container, these look like any other zip. */
const IN_ZIP: ReadonlySet<string> = new Set(['docx', 'xlsx', 'pptx'])
/** Formats that may begin with other bytes than their signature, such as padding. */
const LATE_MARK: ReadonlySet<string> = new Set(['pdf', 'mp3'])
/** Containers and languages of many formats, for which the name is more precise. */
const GENERAL: ReadonlySet<string> = new Set(['cfb', 'zip', 'xml', 'gz'])
const PAGE = /^\ufeff?\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*<(?:!doctype\s+html|html)\b/i

/** Facts about a file's content. */
export interface Content {
  /** Format, as `file-type` calls it. */
  readonly ext?: string | undefined
  readonly mime?: string | undefined
  /** Beginning of the content as text, as far as it is text. */
  readonly start?: string | undefined
}

/**
 * Determines the format of a file. Its content counts more than its name, which decides only what the content leaves
 * open.
 *
 * @returns a file extension; `undefined` if the format is unknown, or if the name says picture, voice or video and the
 * content does not
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

/** Media type in which a format can be shown or played. */
function playedAs(format: string | undefined): Exclude<MediaType, 'file'> | undefined {
  const kinds = ['image', 'voice', 'video'] as const
  return kinds.find(type => format !== undefined && MEDIA_RULES[type].formats.includes(format))
}

/**
 * Chooses the media type of an upload. Refuses only what is surely wrong: web pages (HKUDS/nanobot#2696), and content
 * that is not the picture, voice or video that it is said to be.
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
 * File name to upload under. The extension is corrected if it surely contradicts the content, since clients go by the
 * name.
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
