import type { PageMessage } from '../../../src/page/protocol.ts'

export interface Row {
  readonly message: PageMessage
  /** Whether the time is said above it. */
  readonly timed: boolean
  /** Whether it opens a run of messages of one sender, and so bears avatar and name. */
  readonly opens: boolean
}

const pause = 5 * 60_000

/** Groups messages the way a chat shows them. */
export function arrange(messages: readonly PageMessage[]): readonly Row[] {
  return messages.map((message, index) => {
    const before = messages[index - 1]
    const timed = before === undefined || message.at - before.at > pause
    const opens =
      timed ||
      before.content.kind === 'recalled' ||
      before.from.kind !== message.from.kind ||
      before.from.id !== message.from.id
    return { message, timed, opens }
  })
}
