import { objects, parseObject, words } from './json.ts'

export interface Slide {
  readonly title: string
  readonly image: string
}

/** `sys_full_json_obj`: which parts a card has, and in which order (protocol of the public templates). */
export interface Layout {
  readonly order: readonly string[]
  readonly slides: readonly Slide[]
  readonly source: string
}

const usualOrder = ['msgTitle', 'msgContent', 'staticMsgContent', 'msgTextList', 'msgImages', 'msgSlider', 'msgButtons']

export function layoutIn(variable: string | undefined): Layout {
  const { order, msgSlider, source } = parseObject(variable)
  const named = Array.isArray(order) ? order.filter(part => typeof part === 'string') : undefined
  return {
    order: named ?? usualOrder,
    slides: objects(msgSlider).map(slide => ({ title: words(slide.title), image: words(slide.image) })),
    source: typeof source === 'object' && source !== null && 'text' in source ? words(source.text) : '',
  }
}
