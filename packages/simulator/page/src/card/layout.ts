import { objects, parseObject, words } from './json.ts'

export interface CardButton {
  readonly text: string
  readonly color: 'blue' | 'gray' | 'red' | 'green'
  readonly id: string
  /** Opened instead of a callback. */
  readonly url?: string
}

export interface Slide {
  readonly title: string
  readonly image: string
}

/** `sys_full_json_obj`: which parts a card has, and in which order (protocol of the public templates). */
export interface Layout {
  readonly order: readonly string[]
  readonly buttons: readonly CardButton[]
  readonly slides: readonly Slide[]
  readonly source: string
}

const usualOrder = ['msgTitle', 'msgContent', 'staticMsgContent', 'msgTextList', 'msgImages', 'msgSlider', 'msgButtons']
const colors = ['blue', 'gray', 'red', 'green'] as const

export function layoutIn(variable: string | undefined): Layout {
  const { order, msgButtons, msgSlider, source } = parseObject(variable)
  const named = Array.isArray(order) ? order.filter(part => typeof part === 'string') : undefined
  return {
    order: named ?? usualOrder,
    buttons: objects(msgButtons).map(buttonIn),
    slides: objects(msgSlider).map(slide => ({ title: words(slide.title), image: words(slide.image) })),
    source: typeof source === 'object' && source !== null && 'text' in source ? words(source.text) : '',
  }
}

// A button with `request` calls back with its id, another one opens its address.
function buttonIn(button: Readonly<Record<string, unknown>>): CardButton {
  const { text, color, id, url, request } = button
  const opens = request !== true && typeof url === 'string' && url !== ''
  return {
    text: words(text),
    color: colors.find(one => one === color) ?? 'gray',
    id: words(id),
    ...(opens && { url }),
  }
}
