import { type Action, type ActionOptions, defineAction } from '@dingware/core'
import * as v from 'valibot'
import { CAROUSEL_ACTION } from './carousel-card.ts'

/** The selection in a carousel: the `data` of {@link carouselAction}. No document shows what such a click brings, so everything may be missing. */
export interface CarouselSelection {
  /** Counts from 0. */
  readonly index?: number | undefined
  readonly title?: string | undefined
  readonly image?: string | undefined
  /** As they came. */
  readonly params: Readonly<Record<string, unknown>>
}

const text = v.fallback(v.optional(v.string()), undefined)
const whole = v.pipe(v.union([v.number(), v.string()]), v.toNumber(), v.integer(), v.minValue(0))
const Known = v.object({ index: v.fallback(v.optional(whole), undefined), title: text, image: text })
const Selection = v.pipe(
  v.unknown(),
  v.transform((params): CarouselSelection => {
    const fields = v.parse(v.fallback(v.record(v.string(), v.unknown()), {}), params)
    return { ...v.parse(Known, fields), params: fields }
  }),
)

/**
 * The button of a carousel as an action.
 *
 * @example
 * bot.action(carouselAction(), ctx => ctx.respond({ card: { msgTitle: ctx.data.title ?? '已选择' } }))
 *
 * There is one for all carousels of a bot, as the platform gives their buttons one id.
 */
export function carouselAction(options: ActionOptions = {}): Action<unknown, CarouselSelection> {
  return defineAction(CAROUSEL_ACTION, Selection, options)
}
