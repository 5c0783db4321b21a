import type { LinkButton } from '../send/outgoing.ts'

/** A button: opens `url`, or without one tells the platform that it was pressed, which no stream topic passes on. */
export interface InteractiveButton extends Omit<LinkButton, 'url'> {
  readonly url?: string | undefined
  /** Its looks. Default `normal`. */
  readonly status?: 'primary' | 'normal' | 'warning' | undefined
}

/** One below the other, what a card shows under its title. */
export type InteractiveBlock =
  | { readonly type: 'markdown' | 'text'; readonly text: string }
  /** A mediaId. */
  | { readonly type: 'image'; readonly image: string }
  /** MediaIds, side by side. */
  | { readonly type: 'imageList'; readonly images: readonly string[] }
  | { readonly type: 'divider' }
  /** Texts, with a button to their right. */
  | { readonly type: 'section'; readonly texts: readonly string[]; readonly button?: InteractiveButton | undefined }
  | { readonly type: 'action'; readonly buttons: readonly InteractiveButton[] }

export interface InteractiveHeader {
  readonly title: string
  /** A mediaId. Default: none. */
  readonly logo?: string | undefined
}

/** The content of an old interactive card, in the platform's own form: `cardData` before it is made JSON. */
export interface InteractiveCardData {
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly header?: Readonly<Record<string, unknown>> | undefined
  readonly contents: readonly object[]
}

/**
 * Puts the content of an old interactive card together (template `StandardCard`).
 *
 * @example
 * const card = interactiveCard({ title: '日报' }, [
 *   { type: 'markdown', text: '**12** 条待办' },
 *   { type: 'divider' },
 *   { type: 'action', buttons: [{ title: '打开', url: 'https://example.com', status: 'primary' }] },
 * ])
 * await ctx.replyInteractiveCard(card)
 */
export function interactiveCard(
  { title, logo = '' }: InteractiveHeader,
  blocks: readonly InteractiveBlock[],
): InteractiveCardData {
  const idOf = createIds()
  return {
    config: { autoLayout: true, enableForward: true },
    header: { title: { type: 'text', text: title }, logo },
    contents: blocks.map(block => contentOf(block, idOf)),
  }
}

export interface InteractiveLines extends InteractiveHeader {
  /** Each is followed by a line. */
  readonly texts: readonly string[]
  /** MediaIds, shown below. */
  readonly images?: readonly string[] | undefined
}

/** Puts together a card of several texts, with pictures below them if there are any. */
export function interactiveLines({ texts, images = [], ...header }: InteractiveLines): InteractiveCardData {
  const lines = texts.flatMap((text): InteractiveBlock[] => [{ type: 'text', text }, { type: 'divider' }])
  return interactiveCard(header, images.length > 0 ? [...lines, { type: 'imageList', images }] : lines)
}

type IdOf = (type: string) => string

/** Components are told apart by their ids, which need to be unique within their card. */
function createIds(): IdOf {
  let count = 0
  return type => `${type}_${++count}`
}

function contentOf(block: InteractiveBlock, idOf: IdOf): object {
  const id = idOf(block.type)
  switch (block.type) {
    case 'section': {
      const list = block.texts.map(text => ({ type: 'text', text, id: idOf('text') }))
      const extra = block.button ? { extra: buttonOf(block.button, idOf) } : {}
      return { type: 'section', fields: { list }, ...extra, id }
    }
    case 'action':
      return { type: 'action', actions: block.buttons.map(button => buttonOf(button, idOf)), id }
    default:
      return { ...block, id }
  }
}

function buttonOf({ title, url, status = 'normal' }: InteractiveButton, idOf: IdOf): object {
  const action = url === undefined ? { actionType: 'request' } : { actionType: 'openLink', url: { all: url } }
  return {
    type: 'button',
    label: { type: 'text', text: title, id: idOf('text') },
    ...action,
    status,
    id: idOf('button'),
  }
}
