/**
 * A button of a card. With `url` it opens that; else it calls back with its `id`: see `bot.action(id, …)`.
 *
 * @example
 * const approve: CardButton = { text: '同意', id: 'approve', color: 'blue' }
 * bot.action('approve', ctx => ctx.respond({ card: { tips: '已同意' } }))
 *
 * Buttons of one card need different texts: a click may tell no more than the text.
 */
export interface CardButton {
  readonly text: string
  readonly url?: string | undefined
  /** Opened on iOS instead of `url`. */
  readonly iosUrl?: string | undefined
  readonly color?: 'blue' | 'gray' | 'red' | 'green' | undefined
  readonly id?: string | undefined
}

/** A picture of a carousel: `{ title: '第一张', image: '@lAL…' }`, with a mediaId that `bot.api.upload` gives. */
export interface CarouselImage {
  readonly title: string
  /** A mediaId (`@lAL…`). */
  readonly image: string
}

/** A part of a card of the public templates, as `order` lists them; a part that it does not list is not shown. */
export type Section =
  | 'msgTitle'
  | 'msgContent'
  | 'staticMsgContent'
  | 'msgTextList'
  | 'msgImages'
  | 'msgSlider'
  | 'msgButtons'

export interface Layout {
  readonly order?: readonly Section[] | undefined
  readonly buttons?: readonly CardButton[] | undefined
  readonly images?: readonly CarouselImage[] | undefined
  /** The line below the card that says where it comes from. */
  readonly source?: string | undefined
}

export const AI_ORDER: readonly Section[] = [
  'msgTitle',
  'msgContent',
  'staticMsgContent',
  'msgTextList',
  'msgImages',
  'msgSlider',
  'msgButtons',
]

export const CAROUSEL_ORDER: readonly Section[] = [
  'msgTitle',
  'staticMsgContent',
  'msgSlider',
  'msgImages',
  'msgTextList',
  'msgButtons',
]

/** The variable that the public templates take lists and their order in (`sys_full_json_obj`). */
export function layoutOf({ order, buttons, images, source }: Layout): object {
  return {
    ...(order && { order }),
    ...(buttons && buttons.length > 0 && { msgButtons: buttons.map(buttonOf) }),
    ...(images && { msgSlider: images }),
    ...(source !== undefined && { source: { text: source } }),
  }
}

function buttonOf({ text, url, iosUrl, color = 'gray', id }: CardButton): object {
  const goes = url === undefined ? { request: true } : { url, iosUrl: iosUrl ?? url }
  return { text, color, ...goes, ...(id !== undefined && { id }) }
}
