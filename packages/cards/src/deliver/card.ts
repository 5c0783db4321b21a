import { type CardData, toPrivateData, toVariables, type Variables } from '../template/variables.ts'
import { type KeptButtons, wireIn } from '../template/wire.ts'
import type { CallApi, DeliveredTo } from './deliver.ts'
import { recallFrom } from './recall.ts'

/**
 * The options of one update of a card.
 *
 * @example
 * await card.update({ status: '已批准' }, { privateData: { u1: { hint: '由你批准' } } })
 *
 * Private data shows only where the template marks the variable as private; the public templates have none.
 */
export interface UpdateOptions {
  /** Variables that only one person sees, by userId. */
  readonly privateData?: Readonly<Record<string, CardData>> | undefined
  /** Takes the place of all variables, instead of only those given. Default false. */
  readonly overwrite?: boolean | undefined
  readonly userIds?: 'userId' | 'unionId' | undefined
  /** Goes into the body last. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * A card that was delivered.
 *
 * @example
 * const card = await ctx.replyMarkdownCard('处理中…')
 * await card.update({ markdown: '完成' })
 *
 * To update it after a restart keep its `outTrackId`: `cardClient(bot.api).card(outTrackId)`.
 */
export interface Card<D extends object = CardData> {
  /** The id by which the platform knows it. */
  readonly outTrackId: string
  /**
   * Changes the variables that are given, and leaves the others as they are.
   * @throws ApiError, NetworkError
   * @example
   * await card.update({ title: '已批准' })
   */
  update(data: Partial<D>, options?: UpdateOptions): Promise<void>
  /**
   * Takes it back, within 24 hours; nothing is left of it in the chat.
   * @throws DingTalkError where there is no handle; ApiError.
   */
  recall(): Promise<void>
}

export interface CardParts<D extends object> {
  readonly call: CallApi
  readonly outTrackId: string
  readonly robotCode: string
  readonly places: readonly DeliveredTo[]
  /** From data as the bot gives it to the variables of the template. */
  readonly variables: (data: Partial<D>) => CardData
  /** The kind of user ids of the card, where an update says nothing else. */
  readonly userIds?: UpdateOptions['userIds']
  /** Keeps what clicks need to know of the buttons that an update shows. */
  readonly keep?: ((buttons: KeptButtons | undefined, shown: Variables) => Promise<void>) | undefined
}

export function createCard<D extends object>(parts: CardParts<D>): Card<D> {
  const { call, robotCode, places, variables, keep } = parts
  return {
    get outTrackId() {
      return parts.outTrackId
    },
    async update(data, { signal, extra, ...options } = {}) {
      const { data: wired, kept } = wireIn(data)
      const values = variables(wired)
      await keep?.(kept, toVariables(values))
      const body = updateBody(parts.outTrackId, values, { userIds: parts.userIds, ...options })
      // Nothing is to be changed, and the platform refuses to.
      if (!body && !extra) return
      await call({
        method: 'PUT',
        path: '/v1.0/card/instances',
        body: { outTrackId: parts.outTrackId, ...body, ...extra },
        signal,
      })
    },
    recall: () => recallFrom(call, robotCode, places),
  }
}

/**
 * The platform's own default is to overwrite the whole map (update-card). Status and kind of ids are added on the way out,
 * as the card has them by then.
 *
 * @returns undefined where it would change nothing.
 */
export function updateBody(
  outTrackId: string,
  data: CardData,
  { privateData = {}, overwrite = false, userIds }: Pick<UpdateOptions, 'privateData' | 'overwrite' | 'userIds'> = {},
): object | undefined {
  const cardParamMap = toVariables(data)
  const hasCard = overwrite || Object.keys(cardParamMap).length > 0
  const hasPrivate = Object.keys(privateData).length > 0
  if (!hasCard && !hasPrivate) return undefined
  return {
    outTrackId,
    ...(userIds && { userIdType: userIds === 'unionId' ? 2 : 1 }),
    ...(hasCard && { cardData: { cardParamMap } }),
    ...(hasPrivate && { privateData: toPrivateData(privateData) }),
    cardUpdateOptions: {
      ...(hasCard && { updateCardDataByKey: !overwrite }),
      ...(hasPrivate && { updatePrivateDataByKey: !overwrite }),
    },
  }
}
