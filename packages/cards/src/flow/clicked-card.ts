import { type Context, DingTalkError } from '@dingware/core'
import { keepShown } from '../action/keep.ts'
import { type Card, createCard } from '../deliver/card.ts'
import type { Engine } from '../engine/engine.ts'
import { AI_ORDER, type CardButton, layoutOf } from '../template/layout.ts'
import { named, templateFor } from '../template/templates.ts'
import type { CardData } from '../template/variables.ts'

/**
 * The data of a clicked card: variables by the names of its template, and `buttons` as everywhere.
 *
 * @example
 * bot.action('approve', ctx => ctx.card.update({ tips: '已同意', buttons: [] }))
 *
 * Nothing is known of the card but its id, so the names are not checked.
 */
export type ClickedCardData = CardData & { readonly buttons?: readonly CardButton[] }

/** The card that was clicked. @throws DingTalkError where nothing was clicked. */
export function clickedCard(engine: Engine, { callback, update: { card } }: Context): Card<ClickedCardData> {
  if (!callback?.outTrackId) {
    throw new DingTalkError(
      'There is no clicked card: ctx.card is for clicks (bot.action, bot.on("card")), and cards of the AI assistant have no id.',
      { code: 'ERR_NO_CARD' },
    )
  }
  const { outTrackId } = callback
  const template = templateFor('buttons', engine.options.templates?.buttons)
  // What the order does not name is not shown, and only AI cards have one.
  const order = card?.current ? AI_ORDER : undefined
  const variables = ({ buttons, ...values }: ClickedCardData): CardData => ({
    ...values,
    ...(buttons && named(template, { layout: layoutOf({ order, buttons }) })),
  })
  return createCard<ClickedCardData>({
    call: engine.call,
    outTrackId,
    // For a recall alone, which needs a handle that clicks do not bring.
    robotCode: '',
    places: [],
    variables,
    userIds: callback.userIdType === 2 ? 'unionId' : undefined,
    keep: (kept, shown) => keepShown(engine, outTrackId, kept, shown),
  })
}
