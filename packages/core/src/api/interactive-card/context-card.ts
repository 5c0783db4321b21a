import type { Chat, From } from '../../context/context.ts'
import { nowhere, targetOf } from '../reply/replier.ts'
import type { InteractiveCardData } from './card-data.ts'
import type {
  InteractiveCard,
  InteractiveCardOptions,
  InteractiveCards,
  InteractiveMention,
} from './interactive-card.ts'

/** Parts of a context that are needed to find out where a reply goes. */
export interface CardContext {
  readonly api: Pick<InteractiveCards, 'sendInteractiveCard'>
  readonly chat?: Chat | undefined
  readonly from?: From | undefined
}

/**
 * Sends an interactive card to the conversation that an update came from. @throws DingTalkError (`ERR_NO_REPLY_TARGET`)
 * if that is not known.
 */
export async function replyWithInteractiveCard(
  ctx: CardContext,
  data: InteractiveCardData,
  { at, ...options }: InteractiveCardOptions = {},
): Promise<InteractiveCard> {
  const target = targetOf(ctx)
  if (!target) throw nowhere('interactive cards have no session webhook', ctx)
  // The platform shows the name that it is given; the sender's is known here.
  const named = (who: string | InteractiveMention): string | InteractiveMention =>
    who === ctx.from?.staffId ? { userId: who, nickName: ctx.from.nick } : who
  return ctx.api.sendInteractiveCard(target, data, { at: at === 'all' ? at : at?.map(named), ...options })
}
