import { randomUUID } from 'node:crypto'
import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { Caller } from '../caller.ts'
import type { InteractiveCardData } from './card-data.ts'

/** Receiver of an old interactive card: one person by userId, or a group by openConversationId. */
export type InteractiveTarget = { readonly users: string } | { readonly group: string }

/** Person to mention on an old interactive card. */
export interface InteractiveMention {
  /** userId (`staffId`). */
  readonly userId: string
  /** Name to show in the mention. */
  readonly nickName?: string | undefined
}

/** Options of `ctx.replyInteractiveCard` and `api.sendInteractiveCard`. */
export interface InteractiveCardOptions {
  /** In groups: people to mention, at most 30, or `all`. Default: nobody. */
  readonly at?: readonly (string | InteractiveMention)[] | 'all' | undefined
  /** In groups: userIds of those who see the card. Default: everybody. */
  readonly recipients?: readonly string[] | undefined
  /** Id of your own for the card, 1 to 100 characters. Default: a random one. */
  readonly cardBizId?: string | undefined
  /** Further fields of the request body, merged last, such as `callbackUrl`. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
}

/** Old interactive card that was sent. */
export interface InteractiveCard {
  /** Id for later updates. */
  readonly cardBizId: string
  /** Handle of the message; `''` if the platform gave none. */
  readonly processQueryKey: string
  /** Replaces its content. @throws ApiError, NetworkError, TimeoutError */
  update(data: InteractiveCardData): Promise<void>
}

/** API of the old interactive cards; part of `Api`. */
export interface InteractiveCards {
  /**
   * Sends an old interactive card (robots-send-interactive-cards). Clicks on it do not reach the bot by stream: for
   * buttons that call back, use `@dingware/cards`.
   *
   * @throws ApiError, NetworkError, TimeoutError
   * @throws DingTalkError `ERR_CARD_BIZ_ID`, `ERR_TOO_MANY_MENTIONS` before anything is sent
   * @example
   * const card = await bot.api.sendInteractiveCard({ group }, interactiveLines({ title: '进度', texts: ['一', '二'] }))
   * await card.update(interactiveLines({ title: '进度', texts: ['完成'] }))
   */
  sendInteractiveCard(
    to: InteractiveTarget,
    data: InteractiveCardData,
    options?: InteractiveCardOptions,
  ): Promise<InteractiveCard>
  /**
   * Replaces the content of a card (update-the-robot-to-send-interactive-cards). @throws ApiError, NetworkError,
   * TimeoutError
   */
  updateInteractiveCard(cardBizId: string, data: InteractiveCardData): Promise<void>
}

const LONGEST_ID = 100
const MOST_MENTIONS = 30
const Answer = v.object({ processQueryKey: v.fallback(v.string(), '') })

export function createInteractiveCards(api: Pick<Caller, 'call'>, robotCode: () => string): InteractiveCards {
  const updateInteractiveCard = async (cardBizId: string, data: InteractiveCardData): Promise<void> => {
    const body = { cardBizId, cardData: JSON.stringify(data) }
    await api.call({ method: 'PUT', path: '/v1.0/im/robots/interactiveCards', body })
  }

  return {
    async sendInteractiveCard(to, data, { cardBizId = randomUUID(), extra, ...options } = {}) {
      if (cardBizId === '' || cardBizId.length > LONGEST_ID) {
        const problem = `The card was not sent: its cardBizId has ${cardBizId.length} characters, and may have 1 to ${LONGEST_ID}. Leave it out to get a random one.`
        throw new DingTalkError(problem, { code: 'ERR_CARD_BIZ_ID' })
      }
      const place = 'group' in to ? groupOf(to.group, options) : personOf(to.users)
      const common = {
        cardTemplateId: 'StandardCard',
        robotCode: robotCode(),
        cardBizId,
        cardData: JSON.stringify(data),
      }
      const call = {
        method: 'POST',
        path: '/v1.0/im/v1.0/robot/interactiveCards/send',
        body: { ...common, ...place, ...extra },
      } as const
      const { processQueryKey } = await api.call(call, Answer)
      return { cardBizId, processQueryKey, update: next => updateInteractiveCard(cardBizId, next) }
    },
    updateInteractiveCard,
  }
}

function personOf(userId: string): object {
  return { singleChatReceiver: JSON.stringify({ userId }) }
}

function groupOf(openConversationId: string, { at, recipients }: InteractiveCardOptions): object {
  const mentions = at === 'all' || !at?.length ? [] : at.map(who => (typeof who === 'string' ? { userId: who } : who))
  if (mentions.length > MOST_MENTIONS) {
    const problem = `The card was not sent: it mentions ${mentions.length} people, and may mention ${MOST_MENTIONS}. Mention fewer, or \`at: 'all'\`.`
    throw new DingTalkError(problem, { code: 'ERR_TOO_MANY_MENTIONS' })
  }
  const sendOptions = {
    ...(at === 'all' ? { atAll: true } : {}),
    ...(mentions.length > 0 ? { atUserListJson: JSON.stringify(mentions) } : {}),
    ...(recipients ? { receiverListJson: JSON.stringify(recipients.map(userId => ({ userId }))) } : {}),
  }
  return { openConversationId, sendOptions }
}
