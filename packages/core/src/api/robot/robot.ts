import { DingTalkError, type Logger } from '@dingware/transport'
import type { Caller } from '../caller.ts'
import { checkOutgoing } from '../send/check-outgoing.ts'
import { signedAddress } from '../send/custom-robot.ts'
import type { SentMemory } from '../send/memory.ts'
import { isForWebhook, type Outgoing } from '../send/outgoing.ts'
import { createRobotSender } from '../send/send.ts'
import {
  type ReadStatus,
  readStatusOf,
  recallMessages,
  type SentMessage,
  type Space,
  withoutHandle,
} from '../send/sent-message.ts'
import type { SessionWebhook } from '../send/session-webhook.ts'
import type { Target, WebhookTarget } from '../send/target.ts'
import { webhookBodyOf } from '../send/webhook-body.ts'
import { type Ding, type SentDing, sendDing } from './ding.ts'
import { type OffDutyPrompt, setOffDutyPrompt } from './off-duty.ts'
import { createReactions, type Reactable } from './reaction.ts'

/** Handles of a sent message, for those who store them instead of the {@link SentMessage}. */
export interface SentKeys {
  readonly space: Space
  readonly processQueryKeys: readonly string[]
}

/** Proactive actions of a robot; part of `Api`. */
export interface Robot {
  /**
   * Sends a message proactively: to people (in batches of 20), a group, a private chat, a session webhook or a custom
   * robot.
   *
   * Sending has no idempotency key: if the outcome is unknown it is not repeated, and the error says so.
   *
   * @throws SendError if some people were not reached
   * @throws ApiError, NetworkError, TimeoutError
   * @throws DingTalkError `ERR_EMPTY_MESSAGE`, `ERR_MESSAGE_TOO_LONG`, `ERR_NO_RECIPIENT` and others; TypeError for an
   * invalid message
   * @example
   * const sent = await bot.api.send({ group: 'cidF/9Vtq…' }, { msgtype: 'text', text: '部署完成' })
   * await sent.recall()
   * @example
   * await bot.api.send({ webhook: 'https://oapi.dingtalk.com/robot/send?access_token=…', secret: 'SEC…' }, '部署完成')
   */
  send(to: Target, message: string | Outgoing): Promise<SentMessage>
  /**
   * Recalls messages, within 24 hours. @returns reasons of those that could not be recalled, by processQueryKey.
   * @throws ApiError, NetworkError, TimeoutError
   */
  recall(sent: SentKeys): Promise<Readonly<Record<string, string>>>
  /** Queries who has read a message. @throws ApiError, NetworkError, TimeoutError */
  readStatus(space: Space, processQueryKey: string): Promise<ReadStatus>
  /** Adds a reaction to a message that somebody sent. Best effort, never throws. @returns true if it was added. */
  react(message: Reactable, text: string): Promise<boolean>
  /** Removes a reaction; the text must be the same. Best effort, never throws. @returns true if it was removed. */
  unreact(message: Reactable, text: string): Promise<boolean>
  /**
   * Sends a DING, an urgent message in the app, by SMS or by phone.
   *
   * @throws DingTalkError `ERR_NO_RECIPIENT`, `ERR_EMPTY_MESSAGE`; ApiError, NetworkError, TimeoutError
   * @example
   * const ding = await bot.api.ding({ users: ['0408'], content: '生产环境告警' })
   * if (ding.failed.length > 0) console.warn(ding.reasons)
   */
  ding(ding: Ding): Promise<SentDing>
  /**
   * Sets the automatic reply to people who write while no bot is connected. @throws ApiError, DingTalkError
   * `ERR_EMPTY_MESSAGE`
   */
  setOffDutyPrompt(text: string, options?: OffDutyPrompt): Promise<void>
}

const EMPTY_SECRET =
  'The message was not sent: the `secret` of the custom robot is empty. Leave it out where the robot wants no signature; else check the variable that it comes from.'

export interface RobotDeps {
  readonly caller: Pick<Caller, 'call'>
  readonly robotCode: () => string
  readonly logger: Logger
  readonly sent: SentMemory
  readonly webhook: Pick<SessionWebhook, 'post'>
}

export function createRobot({ caller, robotCode, logger, sent, webhook }: RobotDeps): Robot {
  const sendToRobot = createRobotSender({ api: caller, robotCode, logger, remember: sent.remember })
  const reactions = createReactions(caller, robotCode, logger)

  const sendToWebhook = async (
    { webhook: address, secret }: WebhookTarget,
    message: Outgoing,
  ): Promise<SentMessage> => {
    if (!isForWebhook(message)) {
      const problem = `A webhook takes no ${message.msgtype}. Send it to { users } or { group }.`
      throw new DingTalkError(problem, { code: 'ERR_WEBHOOK_MEDIA' })
    }
    if (secret === '') throw new TypeError(EMPTY_SECRET)
    const sign = secret === undefined ? undefined : (unsigned: string): string => signedAddress(unsigned, secret)
    await webhook.post(address, webhookBodyOf(message), sign)
    return withoutHandle()
  }

  return {
    async send(to, given) {
      const message: Outgoing = typeof given === 'string' ? { msgtype: 'text', text: given } : given
      checkOutgoing(message, 'webhook' in to)
      return 'webhook' in to ? sendToWebhook(to, message) : sendToRobot(to, message)
    },
    recall: ({ space, processQueryKeys }) => recallMessages(caller, robotCode(), space, processQueryKeys),
    readStatus: (space, processQueryKey) => readStatusOf(caller, robotCode(), space, processQueryKey),
    react: reactions.add,
    unreact: reactions.remove,
    ding: ding => sendDing(caller, robotCode(), ding),
    setOffDutyPrompt: (text, options) => setOffDutyPrompt(caller, robotCode(), text, options),
  }
}
