import type { PageSpeech } from '../../../src/page/requests.ts'
import { postFile, textIn } from '../request/request.ts'
import { secondsOf } from './clip.ts'
import type { Attachment, Draft } from './draft.ts'

/** Uploads a file; its id, or why there is none. */
export async function upload(file: File): Promise<{ readonly fileId: string } | { readonly reason: string }> {
  const result = await postFile(`/_sim/files?name=${encodeURIComponent(file.name)}`, file)
  if (!result.ok) return { reason: result.reason }
  return { fileId: textIn(result.value, 'fileId') ?? '' }
}

/** One message to send, made when it is its turn; and what stays in the draft when it fails. */
export interface Part {
  readonly make: () => Promise<PageSpeech | { readonly reason: string }>
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/**
 * Cuts a draft into messages as a client does: text and pictures are one rich text, in a group even pictures alone (else
 * they could not @ the bot); each other file is a message of its own.
 */
export function partsOf({ text, attachments, atBot, at }: Draft, inGroup: boolean): readonly Part[] {
  const said = text.trim()
  const pictures = attachments.filter(({ kind }) => kind === 'picture')
  const others = attachments.filter(({ kind }) => kind !== 'picture')
  const isRich = pictures.length > 0 && (said !== '' || (inGroup && (atBot || at.length > 0)))
  const words: Part[] = isRich
    ? [{ text, attachments: pictures, make: () => richText(said, pictures) }]
    : [
        ...(said === ''
          ? []
          : [{ text, attachments: [], make: async () => ({ msgtype: 'text' as const, text: said }) }]),
        ...pictures.map(one => ({ text: '', attachments: [one], make: () => alone(one) })),
      ]
  return [...words, ...others.map(one => ({ text: '', attachments: [one], make: () => alone(one) }))]
}

async function richText(
  text: string,
  pictures: readonly Attachment[],
): Promise<PageSpeech | { readonly reason: string }> {
  const files: { fileId: string }[] = []
  for (const { file } of pictures) {
    const uploaded = await upload(file)
    if ('reason' in uploaded) return uploaded
    files.push(uploaded)
  }
  return { msgtype: 'richText', parts: [...(text === '' ? [] : [{ text }]), ...files] }
}

async function alone({ kind, file }: Attachment): Promise<PageSpeech | { readonly reason: string }> {
  const uploaded = await upload(file)
  if ('reason' in uploaded) return uploaded
  if (kind !== 'video') return { msgtype: kind, ...uploaded }
  return { msgtype: 'video', ...uploaded, duration: Math.round(await secondsOf(file, 'video', 1)) }
}
