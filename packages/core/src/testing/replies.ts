import { isRecord, recordOf } from '../updates/lenient/lenient.ts'
import type { CardButton } from './card-buttons.ts'

/** Something that the bot said: a reply, a message through the robot APIs, or a card. */
export interface TestReply {
  /** `text`, `markdown`, …; `card` for a card. */
  readonly msgtype: string
  /** The text, or the markdown; of a card its title and what stands below, as far as its template is known or streams. */
  readonly text: string
  /** All of it: the body of the call; for a card of the one that created it. */
  readonly body: unknown
  /** Of a card. */
  readonly outTrackId?: string
  /** Of a card, as they are shown to all. */
  readonly buttons?: readonly CardButton[]
  /** Of a card. */
  readonly variables?: Readonly<Record<string, string>>
}

/** A card, as it was when it was looked at: a change makes a new one. */
export interface TestCard extends TestReply {
  readonly msgtype: 'card'
  readonly outTrackId: string
  readonly buttons: readonly CardButton[]
  readonly variables: Readonly<Record<string, string>>
}

/** A message for a session webhook: its content stands under its msgtype. */
export function webhookReply(body: unknown): TestReply {
  const { msgtype, ...contents } = isRecord(body) ? body : {}
  return { msgtype: String(msgtype), text: textIn(contents[String(msgtype)]), body }
}

/** A message for the robot APIs: `sampleActionCard6` is an `actionCard`. */
export function robotReply(body: unknown): TestReply {
  const { msgKey, msgParam } = isRecord(body) ? body : {}
  const kind = String(msgKey).replace(/^sample(\w)(\w*?)(?:Msg)?\d*$/, (_, first, rest) => first.toLowerCase() + rest)
  return { msgtype: kind, text: textIn(msgParam), body }
}

function textIn(content: unknown): string {
  const { content: words, text } = recordOf(content) ?? {}
  return String(words ?? text ?? '')
}
