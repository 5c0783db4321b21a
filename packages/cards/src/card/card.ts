import { type KeptButtons, wireIn } from '../action/wire.ts'
import type { CallApi, DeliveredTo } from '../deliver/deliver.ts'
import { type CardData, toPrivateData, toVariables, type Variables } from '../variables/variables.ts'
import { recallFrom } from './recall.ts'

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

/** A card that was delivered. */
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
  /** What user ids of the card stand for, where an update says nothing else. */
  readonly userIds?: UpdateOptions['userIds']
  /** Keeps what clicks need to know of the buttons that an update shows. */
  readonly keep?: ((buttons: KeptButtons | undefined, shown: Variables) => Promise<void>) | undefined
}

export function createCard<D extends object>({
  call,
  outTrackId,
  robotCode,
  places,
  variables,
  userIds: given,
  keep,
}: CardParts<D>): Card<D> {
  return {
    outTrackId,
    async update(data, { privateData, overwrite = false, userIds = given, extra, signal } = {}) {
      const { data: wired, kept } = wireIn(data)
      const values = variables(wired)
      await keep?.(kept, toVariables(values))
      const body = { ...updateBody(outTrackId, values, { privateData, overwrite, userIds }), ...extra }
      await call({ method: 'PUT', path: '/v1.0/card/instances', body, signal })
    },
    recall: () => recallFrom(call, robotCode, places),
  }
}

/** The platform's own default is to overwrite the whole map (update-card). */
export function updateBody(
  outTrackId: string,
  data: CardData,
  { privateData, overwrite = false, userIds }: Pick<UpdateOptions, 'privateData' | 'overwrite' | 'userIds'> = {},
): object {
  return {
    outTrackId,
    userIdType: userIds === 'unionId' ? 2 : 1,
    cardData: { cardParamMap: toVariables(data) },
    ...(privateData && { privateData: toPrivateData(privateData) }),
    cardUpdateOptions: { updateCardDataByKey: !overwrite, updatePrivateDataByKey: !overwrite },
  }
}
