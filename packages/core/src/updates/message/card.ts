import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'
import { type CardElement, piecesOfTree, readElements } from './card-tree.ts'
import type { Piece } from './pieces.ts'
import { textIn } from './text.ts'

/** Markdown message, which was forwarded or sent by a bot. */
export interface MarkdownMessage extends MessageBase, MarkdownBody {}
/** Action card, which was forwarded. */
export interface ActionCardMessage extends MessageBase, ActionCardBody {}
/** Card, such as a document shared with the bot, or a message of another bot. All its fields may be missing. */
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
  /** Address that it opens: `dingtalk://…`, or an https link to a document. */
  readonly biz_custom_action_url?: string | undefined
  /** Link to a document (hermes). */
  readonly docUrl?: string | undefined
  /** Elements of the card, as a tree. In a group the first text is the mentioned name. */
  readonly cardContent?: readonly CardElement[] | undefined
  /** Variables of the card's template, in some quotes. */
  readonly cardParamMap?: Readonly<Record<string, unknown>> | undefined
}

const { text, filled } = lenient
const ActionCard = v.object({
  title: text,
  text,
  actionUrlItemList: lenient.list(v.object({ actionUrl: v.string(), title: text })),
})
const Markdown = v.object({ title: text, text })
const Card = v.object({
  title: filled,
  text: filled,
  markdown: filled,
  summary: filled,
  biz_custom_action_url: filled,
  docUrl: filled,
})

/** Reads `content.text`, which was also seen in `text.content`. */
export function readMarkdown(fields: lenient.Fields): MarkdownBody | undefined {
  const { title, text: body = textIn(fields) } = v.parse(Markdown, lenient.recordOf(fields.content) ?? {})
  return body === undefined ? undefined : { msgtype: 'markdown', content: { title, text: body } }
}

export function readActionCard({ content }: lenient.Fields): ActionCardBody | undefined {
  const result = v.safeParse(ActionCard, lenient.recordOf(content))
  if (!result.success) return undefined
  const { actionUrlItemList = [], ...rest } = result.output
  return { msgtype: 'actionCard', content: { ...rest, actionUrlItemList } }
}

/** Parses a card (`interactiveCard` or `card`). Never fails: a quoted card often tells nothing but its type. */
export function readInteractiveCard(fields: lenient.Fields): InteractiveCardBody {
  const content = lenient.recordOf(fields.content) ?? {}
  const { markdown, summary, text: plain = markdown ?? summary, ...card } = v.parse(Card, content)
  return {
    msgtype: 'interactiveCard',
    content: {
      ...card,
      text: plain,
      cardContent: readElements(content.cardContent ?? fields.cardContent),
      cardParamMap: variablesIn(fields, content),
    },
  }
}

/** Variables of the template: in `cardData` or directly, beside the content, in it, or in its `cardContent`. */
function variablesIn(fields: lenient.Fields, content: lenient.Fields): lenient.Fields | undefined {
  const inner = lenient.recordOf(content.cardContent) ?? {}
  for (const place of [fields, content, inner]) {
    const variables = lenient.recordOf(lenient.recordOf(place.cardData)?.cardParamMap ?? place.cardParamMap)
    if (variables) return variables
  }
  return undefined
}

/** Template variables that hold the text of known cards, the likeliest first. */
const TEXT_VARIABLES = ['content', 'markdown', 'msgContent', 'staticMsgContent', 'text', 'title', 'msgTitle']

/** Text of a card: the texts of its tree, else its text or text variable, else title and link. */
export function piecesOfCard(card: InteractiveCardContent): Piece[] {
  const tree = piecesOfTree(card.cardContent ?? [])
  if (tree.some(({ text: words }) => words.trim() !== '')) return tree
  const variables = TEXT_VARIABLES.map(name => card.cardParamMap?.[name])
  const variable = variables.find((value): value is string => typeof value === 'string' && value.trim() !== '')
  // Cards show markdown.
  const words = card.text ?? variable
  if (words !== undefined) return [{ text: words, isMarkdown: true }]
  const url = card.docUrl ?? card.biz_custom_action_url
  const title = card.title === undefined ? [] : [{ text: url ? `${card.title}\n` : card.title }]
  return url === undefined ? title : [...title, { text: url, url }]
}
