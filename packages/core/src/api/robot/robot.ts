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

/** Sent messages by their handles, for those who keep these and not the {@link SentMessage}. */
export interface SentKeys {
  readonly space: Space
  readonly processQueryKeys: readonly string[]
}

/** What a robot can do on its own; part of `Api`. */
export interface Robot {
  /**
   * Says something first: to people (in batches of 20), a group, a chat of two, a session webhook, or a custom robot.
   *
   * Hint: sends have no idempotency key. One whose fate is unknown is not repeated, and its error says so.
   * @throws ApiError, NetworkError; SendError for people who were not reached; DingTalkError for messages that are empty or
   *   too long; TypeError for what is no message.
   * @example
   * const sent = await bot.api.send({ group: 'cidF/9Vtq…' }, { msgtype: 'text', text: '部署完成' })
   * await sent.recall()
   * @example
   * await bot.api.send({ webhook: 'https://oapi.dingtalk.com/robot/send?access_token=…', secret: 'SEC…' }, '部署完成')
   */
  send(to: Target, message: string | Outgoing): Promise<SentMessage>
  /** Takes messages back, within 24 hours. @returns why some could not be, by processQueryKey. */
  recall(sent: SentKeys): Promise<Readonly<Record<string, string>>>
  /** Who has read a message. */
  readStatus(space: Space, processQueryKey: string): Promise<ReadStatus>
  /** Puts a reaction on a message that somebody sent: best effort, never throws. @returns whether it is there. */
  react(message: Reactable, text: string): Promise<boolean>
  /** Takes a reaction away; the text must be the same. Best effort, never throws. */
  unreact(message: Reactable, text: string): Promise<boolean>
  /** Sends a DING: a message that insists. @throws ApiError */
  ding(ding: Ding): Promise<SentDing>
  /** Sets what people see who write while no bot is connected. @throws ApiError */
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
