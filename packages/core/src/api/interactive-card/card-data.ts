import type { LinkButton } from '../send/outgoing.ts'

/**
 * Button of an old interactive card. With `url` it opens that address; without, a click is reported to the platform
 * only, and no stream topic passes it on to the bot.
 */
export interface InteractiveButton extends Omit<LinkButton, 'url'> {
  /** Address to open. */
  readonly url?: string | undefined
  /** Style. Default `normal`. */
  readonly status?: 'primary' | 'normal' | 'warning' | undefined
}

/**
 * Block of an old interactive card, told apart by `type`: `markdown` or `text`, one `image`, an `imageList`, a
 * `divider`, a `section` of texts with a button, or an `action` row of buttons. Blocks are shown below each other under
 * the title. Images are mediaIds (`api.upload`).
 */
export type InteractiveBlock =
  | { readonly type: 'markdown' | 'text'; readonly text: string }
  /** One image, by mediaId. */
  | { readonly type: 'image'; readonly image: string }
  /** Images side by side, by mediaIds. */
  | { readonly type: 'imageList'; readonly images: readonly string[] }
  | { readonly type: 'divider' }
  /** Texts, with a button to their right. */
  | { readonly type: 'section'; readonly texts: readonly string[]; readonly button?: InteractiveButton | undefined }
  | { readonly type: 'action'; readonly buttons: readonly InteractiveButton[] }

/** Header of an old interactive card. */
export interface InteractiveHeader {
  /** Title, shown on top. */
  readonly title: string
  /** Icon beside the title, by mediaId. Default: none. */
  readonly logo?: string | undefined
}

/**
 * Content of an old interactive card in the platform's own form (`cardData` before it is serialised). Build one with
 * {@link interactiveCard}.
 */
export interface InteractiveCardData {
  /** Settings such as `autoLayout` and `enableForward`. */
  readonly config?: Readonly<Record<string, unknown>> | undefined
  /** Title and logo. */
  readonly header?: Readonly<Record<string, unknown>> | undefined
  /** Components, in order. */
  readonly contents: readonly object[]
}

/**
 * Builds the content of an old interactive card (template `StandardCard`).
 *
 * Clicks on its buttons do not reach the bot by stream: only buttons with a `url` are of use.
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

/** Content for {@link interactiveLines}. */
export interface InteractiveLines extends InteractiveHeader {
  /** Texts, each followed by a divider. */
  readonly texts: readonly string[]
  /** Images shown below the texts, by mediaIds. */
  readonly images?: readonly string[] | undefined
}

/**
 * Builds an old interactive card of several texts with dividers, and images below them if there are any.
 *
 * @example
 * await ctx.replyInteractiveCard(interactiveLines({ title: '进度', texts: ['编译完成', '正在测试'] }))
 */
export function interactiveLines({ texts, images = [], ...header }: InteractiveLines): InteractiveCardData {
  const lines = texts.flatMap((text): InteractiveBlock[] => [{ type: 'text', text }, { type: 'divider' }])
  return interactiveCard(header, images.length > 0 ? [...lines, { type: 'imageList', images }] : lines)
}

type IdOf = (type: string) => string

/** Component ids have to be unique within their card. */
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
