import { DingTalkError } from '@dingware/transport'
import { endingOf } from './file-name.ts'

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

/** What may be uploaded (open.dingtalk.com: upload-media-files). */
export const MEDIA_RULES: Readonly<Record<MediaType, MediaRule>> = {
  image: {
    maxSize: 20 * MB,
    formats: ['jpg', 'gif', 'png', 'bmp'],
    advice: 'Make the picture smaller, or send a link to it.',
  },
  voice: {
    maxSize: 2 * MB,
    formats: ['amr', 'mp3', 'wav'],
    advice: 'Shorten the recording or lower its bit rate, or send it zipped as a file.',
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

/** Other names of the same formats, as endings and as `file-type` calls them. */
const ALIASES: Readonly<Record<string, string>> = { jpeg: 'jpg', jpe: 'jpg', apng: 'png', m4v: 'mp4', ai: 'pdf' }
/** Old Office files, and new ones with a password, are all one container, which does not say which. */
const IN_CFB: ReadonlySet<string> = new Set(['doc', 'xls', 'ppt', 'docx', 'xlsx', 'pptx'])
/** Where the telling part of the container comes late, it looks like any other zip. */
const IN_ZIP: ReadonlySet<string> = new Set(['docx', 'xlsx', 'pptx'])
/** May begin with other bytes than those that they are known by: padding, or what a scanner put in front. */
const LATE_MARK: ReadonlySet<string> = new Set(['pdf', 'mp3'])

/**
 * The format of a file: by its content, which beats its name. The name decides only where the content leaves it open.
 *
 * @param content What `file-type` calls it.
 * @returns An ending; the name's own, or none, where the content is not known.
 */
export function formatOf(content: string | undefined, fileName: string | undefined): string | undefined {
  const ending = endingOf(fileName)
  const named = ALIASES[ending] ?? ending
  if (content === undefined) return LATE_MARK.has(named) ? named : undefined
  if (content === 'cfb' && IN_CFB.has(named)) return named
  if (content === 'zip' && IN_ZIP.has(named)) return named
  return ALIASES[content] ?? content
}

/** The kind that a format belongs to. */
export function typeOfFormat(format: string | undefined): MediaType | undefined {
  return MEDIA_TYPES.find(type => format !== undefined && MEDIA_RULES[type].formats.includes(format))
}

/** @throws DingTalkError `ERR_MEDIA_TOO_LARGE` */
export function checkSize(what: string, size: number, type: MediaType | undefined): void {
  const { maxSize, advice } = type ? MEDIA_RULES[type] : { maxSize: LARGEST, advice: MEDIA_RULES.file.advice }
  if (size <= maxSize) return
  const kind = type ? `a media of type ${type}` : 'any media'
  const message = `${what} was not uploaded: it has ${size} bytes or more, and ${kind} may have ${maxSize} (${maxSize / MB} MB). ${advice}`
  throw new DingTalkError(message, { code: 'ERR_MEDIA_TOO_LARGE' })
}

/** @throws DingTalkError `ERR_MEDIA_FORMAT` */
export function wrongFormat(what: string, found: string | undefined, wanted: MediaType | undefined): DingTalkError {
  const is = found ? `it is ${found} by its content` : 'its content is of no format that is known'
  const other = typeOfFormat(found)
  const accepted = (wanted ? [wanted] : MEDIA_TYPES).map(type => `${type}: ${MEDIA_RULES[type].formats.join(' ')}`)
  const advice = other ? `Leave \`type\` out, or give '${other}'.` : 'Convert it, or put it into a zip.'
  const message = `${what} was not uploaded: ${is}, and the platform takes only ${accepted.join('; ')}. ${advice}`
  return new DingTalkError(message, { code: 'ERR_MEDIA_FORMAT' })
}
