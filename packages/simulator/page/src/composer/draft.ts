/** A file that waits to be sent. */
export interface Attachment {
  readonly key: number
  readonly kind: 'picture' | 'video' | 'file'
  readonly file: File
  /** A `blob:` address, of pictures. */
  readonly preview?: string
}

/** The unsent message of one conversation. */
export interface Draft {
  readonly text: string
  readonly attachments: readonly Attachment[]
  /** Whether the bot is @ed, in a group. It stays so from one message to the next: without it the bot hears nothing. */
  readonly atBot: boolean
  /** User ids of others who are. */
  readonly at: readonly string[]
}

export const emptyDraft: Draft = { text: '', attachments: [], atBot: true, at: [] }

let lastKey = 0

/** Makes an attachment of a file; what kind of message it becomes is told by its type. */
export function attach(file: File): Attachment {
  lastKey += 1
  // SVG is no picture to DingTalk, which takes jpg, gif, png and bmp.
  if (/^image\/(png|jpeg|gif|bmp|webp)$/.test(file.type)) {
    return { key: lastKey, kind: 'picture', file, preview: URL.createObjectURL(file) }
  }
  return { key: lastKey, kind: file.type === 'video/mp4' ? 'video' : 'file', file }
}

export function detach({ preview }: Attachment): void {
  if (preview !== undefined) URL.revokeObjectURL(preview)
}

export function isEmpty({ text, attachments }: Draft): boolean {
  return text.trim() === '' && attachments.length === 0
}
