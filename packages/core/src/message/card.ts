import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { textIn } from './text.ts'

/** Markdown that was forwarded, or sent by a bot. */
export interface MarkdownMessage extends MessageBase, MarkdownBody {}
/** An action card that was forwarded. */
export interface ActionCardMessage extends MessageBase, ActionCardBody {}
/** A card: a document shared with the bot, or what another bot sent. All of it may be missing. */
export interface InteractiveCardMessage extends MessageBase, InteractiveCardBody {}

export interface MarkdownBody {
  readonly msgtype: 'markdown'
  readonly content: { readonly title?: string | undefined; readonly text: string }
}

export interface ActionCardBody {
  readonly msgtype: 'actionCard'
  readonly content: {
    readonly title?: string | undefined
    readonly text?: string | undefined
    readonly actionUrlItemList: readonly { readonly actionUrl: string; readonly title?: string | undefined }[]
  }
}

export interface InteractiveCardBody {
  readonly msgtype: 'interactiveCard'
  readonly content: InteractiveCardContent
}

export interface InteractiveCardContent {
  readonly title?: string | undefined
  readonly text?: string | undefined
  /** `dingtalk://…` or an https link to a document. */
  readonly biz_custom_action_url?: string | undefined
  /** What the card shows, as a tree. In a group the first text is the name that was mentioned. */
  readonly cardContent?: readonly CardElement[] | undefined
  /** The variables of the card's template, in some quotes. */
  readonly cardParamMap?: Readonly<Record<string, unknown>> | undefined
}

/** An element of a card: `TEXT` has a value, `LIST` and `RICHTEXT` have children. */
export interface CardElement {
  readonly elementType?: string | undefined
  readonly value?: string | undefined
  readonly children: readonly CardElement[]
}

const { text } = lenient
const ActionCard = v.object({
  title: text,
  text,
  actionUrlItemList: lenient.list(v.object({ actionUrl: v.string(), title: text })),
})
const Card = v.object({ title: text, text, markdown: text, summary: text, biz_custom_action_url: text })

/** Reads `content.text`; seen in `text.content`, too. */
export function readMarkdown(fields: lenient.Fields): MarkdownBody | undefined {
  const { title, text: body = textIn(fields) } = v.parse(Card, lenient.recordOf(fields.content) ?? {})
  return body === undefined ? undefined : { msgtype: 'markdown', content: { title, text: body } }
}

export function readActionCard({ content }: lenient.Fields): ActionCardBody | undefined {
  const result = v.safeParse(ActionCard, lenient.recordOf(content))
  if (!result.success) return undefined
  const { actionUrlItemList = [], ...rest } = result.output
  return { msgtype: 'actionCard', content: { ...rest, actionUrlItemList } }
}

/** Reads a card. Never fails: quoting a card often gives nothing but the fact that it is one. */
export function readInteractiveCard(fields: lenient.Fields): InteractiveCardBody {
  const content = lenient.recordOf(fields.content) ?? {}
  const { markdown, summary, text: plain = markdown ?? summary, ...card } = v.parse(Card, content)
  const data = lenient.recordOf(fields.cardData) ?? lenient.recordOf(content.cardData)
  return {
    msgtype: 'interactiveCard',
    content: {
      ...card,
      text: plain,
      cardContent: lenient.arrayOf(content.cardContent)?.flatMap(element => readElement(element, 0)),
      cardParamMap: lenient.recordOf(data?.cardParamMap ?? content.cardParamMap),
    },
  }
}

/** No card is nested this deep; without a limit a made-up one could overflow the stack. */
const DEEPEST = 32

function readElement(raw: unknown, depth: number): CardElement[] {
  if (!lenient.isRecord(raw) || depth > DEEPEST) return []
  const { elementType, value, text: words } = v.parse(v.object({ elementType: text, value: text, text }), raw)
  const children = lenient.arrayOf(raw.children)?.flatMap(child => readElement(child, depth + 1)) ?? []
  return [{ elementType, value: value ?? words, children }]
}

/** Template variables that hold the text of known cards, the likeliest first. */
const TEXT_VARIABLES = ['content', 'markdown', 'msgContent', 'text', 'title']

/** What a card says: its texts line by line, else its text variable, else title and link. */
export function textOfCard({
  title,
  text: plain,
  cardContent = [],
  cardParamMap,
  ...card
}: InteractiveCardContent): string {
  const tree = cardContent.flatMap(valuesOf).join('\n')
  const variables = TEXT_VARIABLES.map(name => cardParamMap?.[name])
  const variable = variables.find((value): value is string => typeof value === 'string' && value !== '')
  return tree || plain || variable || [title, card.biz_custom_action_url].filter(Boolean).join('\n')
}

function valuesOf({ value, children }: CardElement): string[] {
  return [...(value ? [value] : []), ...children.flatMap(valuesOf)]
}
