import { randomUUID } from 'node:crypto'
import { type Api, type Context, DingTalkError } from '@dingware/core'
import * as v from 'valibot'

/** Where a card goes. */
export interface CardTarget {
  readonly robotCode: string
  /** A group by its openConversationId, or a person by userId in the chat with the robot. */
  readonly space:
    | { readonly type: 'IM_GROUP'; readonly openConversationId: string }
    | { readonly type: 'IM_ROBOT'; readonly userId: string }
}

export interface CardBody {
  /** Ends in `.schema`. */
  readonly templateId: string
  /** Variables of the template; all as text. */
  readonly variables: Readonly<Record<string, string>>
  /** Whether people may forward it. Default true. */
  readonly supportForward?: boolean | undefined
}

const Answer = v.object({
  result: v.object({
    outTrackId: v.string(),
    deliverResults: v.array(
      v.object({
        spaceType: v.optional(v.string()),
        spaceId: v.optional(v.string()),
        success: v.boolean(),
        errorMsg: v.optional(v.string()),
      }),
    ),
  }),
})

/** The place that an update came from. @throws DingTalkError where no card can be delivered to. */
export function targetOf(ctx: Context): CardTarget {
  const { chat, from, robotCode } = ctx
  if (chat?.type === 'group') return { robotCode, space: { type: 'IM_GROUP', openConversationId: chat.id } }
  if (from?.staffId) return { robotCode, space: { type: 'IM_ROBOT', userId: from.staffId } }
  throw new DingTalkError(
    'No card can be delivered here: the update names no group and no sender with a userId (people outside the organisation have none, and nobody has while the app is unpublished). Reply with text instead.',
    { code: 'ERR_NO_CARD_TARGET' },
  )
}

/**
 * Creates a card and delivers it: `POST /v1.0/card/instances/createAndDeliver` (create-and-deliver-cards).
 *
 * @returns the card's outTrackId.
 * @throws ApiError when the platform refuses; DingTalkError when it accepts and yet does not deliver.
 */
export async function createAndDeliver(api: Api, target: CardTarget, card: CardBody): Promise<string> {
  // Unique for ever: a used one brings back the old card instead of an error.
  const outTrackId = `dingware_${randomUUID()}`
  const body = {
    cardTemplateId: card.templateId,
    outTrackId,
    // Without it, no click ever arrives on the stream.
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: { cardParamMap: card.variables },
    ...spaceFields(target, { supportForward: card.supportForward ?? true }),
  }
  const path = '/v1.0/card/instances/createAndDeliver'
  const { result } = await api.call({ method: 'POST', path, body }, Answer)
  // HTTP 200 does not mean delivered.
  const failed = result.deliverResults.filter(({ success }) => !success)
  if (failed.length > 0 || result.deliverResults.length === 0) {
    const why = failed
      .map(({ spaceType, errorMsg }) => `${spaceType ?? 'space'}: ${errorMsg || 'no reason given'}`)
      .join('; ')
    throw new DingTalkError(
      `The card was created but not delivered (${why || 'no result'}). Check that the robot is in the group and that the userId exists.`,
      { code: 'ERR_CARD_NOT_DELIVERED' },
    )
  }
  return result.outTrackId
}

function spaceFields({ robotCode, space }: CardTarget, spaceModel: { readonly supportForward: boolean }): object {
  if (space.type === 'IM_GROUP') {
    return {
      openSpaceId: `dtv1.card//IM_GROUP.${space.openConversationId}`,
      imGroupOpenSpaceModel: spaceModel,
      imGroupOpenDeliverModel: { robotCode },
    }
  }
  return {
    openSpaceId: `dtv1.card//IM_ROBOT.${space.userId}`,
    imRobotOpenSpaceModel: spaceModel,
    // Without robotCode, the card may come from another robot of the organisation.
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
  }
}
