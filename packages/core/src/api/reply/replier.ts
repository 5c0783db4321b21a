import { DingTalkError, type Logger } from '@dingware/transport'
import type { Chat, From } from '../../context/context.ts'
import type { Shared } from '../../store/shared.ts'
import { take } from '../../store/take.ts'
import type { Message } from '../../updates/message/message.ts'
import { sleep } from '../../utils/sleep.ts'
import type { Robot } from '../robot/robot.ts'
import { checkOutgoing } from '../send/check-outgoing.ts'
import { isMentioning } from '../send/mention.ts'
import { isForWebhook, mentionsIn, type Outgoing, type WebhookOutgoing } from '../send/outgoing.ts'
import { type SentMessage, withoutHandle } from '../send/sent-message.ts'
import type { SessionWebhook } from '../send/session-webhook.ts'
import { webhookBodyOf } from '../send/webhook-body.ts'
import { isReplaceable } from '../send/webhook-refusal.ts'
import { createWindow } from './window.ts'

/** Message or click that is replied to. */
export interface Origin {
  readonly message?: Message | undefined
  readonly chat?: Chat | undefined
  readonly from?: From | undefined
  readonly signal: AbortSignal
}

/** Sends a message to the conversation that an update came from. */
export type Replier = (origin: Origin, message: Outgoing) => Promise<SentMessage>

export interface ReplierOptions {
  readonly webhook: SessionWebhook
  readonly robot: Pick<Robot, 'send'>
  readonly logger: Logger
  /** Maximum number of replies through session webhooks per minute and conversation. Default 18. */
  readonly perMinute?: number | undefined
  /** Store in which the bot's processes count together. */
  readonly shared?: Shared | undefined
}

/** The platform takes 20 a minute and then refuses for ten; two are left as a margin between clocks. */
const PER_MINUTE = 18

/**
 * Creates the replier. It uses the session webhook while that is valid, because only there people can be mentioned, and
 * it costs no API call; else the robot APIs, with a warning about content that these cannot show.
 */
export function createReplier(options: ReplierOptions): Replier {
  const { webhook, robot, logger, perMinute = PER_MINUTE, shared } = options
  const window = createWindow(perMinute)

  /** Takes a place within the minute, or returns the milliseconds until there is one. */
  const takeRoom = async (conversation: string): Promise<number> => {
    if (!shared || perMinute === Number.POSITIVE_INFINITY) return window.take(conversation)
    return shared.attempt(
      async store => {
        const wait = await take(store, `webhook:${conversation}`, { limit: perMinute, windowMs: 60_000 })
        // Counted here as well, in case the store goes away within this minute.
        if (wait === 0) window.take(conversation)
        return wait
      },
      () => window.take(conversation),
    )
  }

  const byRobot = (origin: Origin, message: Outgoing, why: string): Promise<SentMessage> => {
    const target = targetOf(origin)
    if (!target) throw nowhere(why, origin)
    logger.debug(`A reply goes through the robot API: ${why}.`)
    return robot.send(target, message)
  }

  /**
   * Reason why a message cannot go through the webhook. Waits for a place within the minute if nothing but the webhook
   * will do.
   */
  const obstacleTo = async (origin: Origin, message: WebhookOutgoing): Promise<string | undefined> => {
    const mustWait = isMentioning(mentionsIn(message)) || !targetOf(origin)
    for (;;) {
      const problem = webhook.problemOf(origin.message)
      if (problem) return problem
      const delay = await takeRoom(origin.message?.conversationId ?? '')
      if (delay <= 0) return undefined
      if (!mustWait) return 'the session webhook has had enough for this minute'
      await sleep(delay, origin.signal)
    }
  }

  return async (origin, message) => {
    checkOutgoing(message, true)
    if (!isForWebhook(message)) return byRobot(origin, message, 'session webhooks take no media')
    const body = webhookBodyOf(message)
    const obstacle = await obstacleTo(origin, message)
    if (obstacle) return byRobot(origin, message, obstacle)
    try {
      await webhook.post(origin.message?.sessionWebhook ?? '', body)
      return withoutHandle()
    } catch (error) {
      if (!isReplaceable(error) || !targetOf(origin)) throw error
      return byRobot(origin, message, `the session webhook refused with ${error.code}`)
    }
  }
}

/**
 * Target of the robot APIs for a reply: the group, or the person by userId. `undefined` if the conversation is not
 * known, since a reply for a group must not reach somebody's private chat.
 */
export function targetOf({
  chat,
  from,
}: Pick<Origin, 'chat' | 'from'>): { readonly group: string } | { readonly users: string } | undefined {
  if (!isKnown(chat)) return undefined
  if (chat.type === 'group') return { group: chat.id }
  return from?.staffId ? { users: from.staffId } : undefined
}

/** A group without an id is unknown. */
function isKnown(chat: Chat | undefined): chat is Chat {
  return chat !== undefined && (chat.type !== 'group' || chat.id.trim() !== '')
}

/** Error of a reply that has no target. */
export function nowhere(why: string, { chat }: Pick<Origin, 'chat'>): DingTalkError {
  if (!isKnown(chat)) {
    return new DingTalkError(
      `The reply was not sent: ${why}, and it is not known where the update comes from (a click on a card of which the bot keeps nothing may name no conversation), so it could have reached the wrong people. Send to a known place with bot.api.send(), and give the bot a store that outlives the process.`,
      { code: 'ERR_NO_REPLY_TARGET' },
    )
  }
  const problem = `The reply was not sent: ${why}, and the sender has no userId to write to (people outside the organisation have none, and nobody has while the app is unpublished).`
  return new DingTalkError(problem, { code: 'ERR_NO_REPLY_TARGET' })
}
