/** A line of a chat that is passed on. Further fields go over the wire as they are: `downloadCode`, `fileName`. */
export interface ForwardedRecord {
  /** The nick of the one who said it. On the wire that is an encrypted id, and the name stands in the summary alone. */
  readonly from?: string
  /** `text` by default. */
  readonly msgType?: string
  readonly content?: string
  readonly [field: string]: unknown
}

/** A chat that is passed on. */
export interface Forwarded {
  readonly title?: string
  /** Lines of `name:words`, by default those of the records that say who spoke. */
  readonly summary?: readonly string[]
  readonly records?: readonly ForwardedRecord[]
}

/** The body of a `chatRecord`: both lists are JSON texts (soimy/openclaw-channel-dingtalk#202, live). */
export function forwardedBody(forwarded: Forwarded, senderIdOf: (nick: string) => string): object {
  const { title, records = [] } = forwarded
  const items = records.map(({ from, msgType = 'text', ...fields }) => {
    return { ...(from !== undefined && { senderId: senderIdOf(from) }), msgType, ...fields }
  })
  return {
    summary: JSON.stringify(summaryOf(forwarded)),
    chatRecord: JSON.stringify(items),
    ...(title !== undefined && { title }),
  }
}

function summaryOf({ summary, records = [] }: Forwarded): readonly string[] {
  if (summary) return summary
  return records.flatMap(({ from, msgType = 'text', content }) => {
    const words = content ?? (msgType === 'picture' ? '[图片]' : '[消息]')
    return from === undefined ? [] : [`${from}:${words}`]
  })
}
