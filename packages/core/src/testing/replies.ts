import { isRecord, recordOf } from '../updates/lenient/lenient.ts'
import type { CardButton } from './card-buttons.ts'

/** Message of the bot in a test: a reply, a message through the robot APIs, or a card. */
export interface TestReply {
  /** Message type: `text`, `markdown`, …; `card` for a card. */
  readonly msgtype: string
  /** Text or markdown; for a card its title and content, as far as its template is known or it streams. */
  readonly text: string
  /** Body of the API call; for a card that of its creation. */
  readonly body: unknown
  /** Id of a card. */
  readonly outTrackId?: string
  /** Buttons of a card, as everybody sees them. */
  readonly buttons?: readonly CardButton[]
  /** Variables of a card. */
  readonly variables?: Readonly<Record<string, string>>
}

/** Card in a test. Immutable: a change of the card makes a new one. */
export interface TestCard extends TestReply {
  /** Always `card`. */
  readonly msgtype: 'card'
  /** Id of the card. */
  readonly outTrackId: string
  /** Buttons, as everybody sees them. */
  readonly buttons: readonly CardButton[]
  /** Variables, as everybody sees them. */
  readonly variables: Readonly<Record<string, string>>
}

/** Reads a message for a session webhook, whose content is under its msgtype. */
export function webhookReply(body: unknown): TestReply {
  const { msgtype, ...contents } = isRecord(body) ? body : {}
  return { msgtype: String(msgtype), text: textIn(contents[String(msgtype)]), body }
}

/** Reads a message for the robot APIs: `sampleActionCard6` is an `actionCard`. */
export function robotReply(body: unknown): TestReply {
  const { msgKey, msgParam } = isRecord(body) ? body : {}
  const kind = String(msgKey).replace(/^sample(\w)(\w*?)(?:Msg)?\d*$/, (_, first, rest) => first.toLowerCase() + rest)
  return { msgtype: kind, text: textIn(msgParam), body }
}

function textIn(content: unknown): string {
  const { content: words, text } = recordOf(content) ?? {}
  return String(words ?? text ?? '')
}
