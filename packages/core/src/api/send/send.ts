import { ApiError, DingTalkError, type Logger } from '@dingware/transport'
import * as v from 'valibot'
import { filled, items } from '../../updates/lenient/lenient.ts'
import type { Caller } from '../caller.ts'
import { classify } from '../steps/classify.ts'
import { givenIds } from './given-ids.ts'
import type { Outgoing } from './outgoing.ts'
import { type RobotMessage, robotMessageOf } from './robot-message.ts'
import { SendError, type SendErrorDetails } from './send-error.ts'
import { readStatusOf, recallMessages, type SentMessage, type Space } from './sent-message.ts'
import type { Target, WebhookTarget } from './target.ts'

/** Maximum number of people per call (chatbots-send-one-on-one-chat-messages-in-batches). */
const USER_BATCH = 20
const BATCH_SEND = '/v1.0/robot/oToMessages/batchSend'
/** Maximum size of `msgParam` in bytes (the-robot-sends-a-group-message). */
const MAX_PARAM_BYTES = 15_000

export interface SenderOptions {
  readonly api: Pick<Caller, 'call'>
  readonly robotCode: () => string
  readonly logger: Logger
  /** Called for each message that has a handle, so that a later quote of it can be understood. */
  readonly remember: (processQueryKey: string, message: Outgoing) => void
}

/** Sends a message through the robot APIs. */
export type SendToRobot = (target: Exclude<Target, WebhookTarget>, message: Outgoing) => Promise<SentMessage>

/** Ids without letters come as numbers if the platform writes them so. */
const UserId = v.pipe(v.union([v.string(), v.number()]), v.transform(String))

/** Lenient: the message is sent by then, and must not seem to have failed. */
const UsersAnswer = v.object({
  processQueryKey: filled,
  invalidStaffIdList: items(UserId),
  filteredStaffIdList: items(UserId),
  flowControlledStaffIdList: items(UserId),
})

const ConversationAnswer = v.object({ processQueryKey: v.string() })

/** Result of sending to many people, one call after the other. */
interface Delivery extends Omit<SendErrorDetails, 'sent'> {
  readonly keys: readonly string[]
}

/** Creates the sender. Sending has no idempotency key: if the outcome is unknown, it is not repeated. */
export function createRobotSender({ api, robotCode, logger, remember }: SenderOptions): SendToRobot {
  const toUsers = async (users: readonly string[], body: object): Promise<Delivery> => {
    if (users.length === 0) throw nobody()
    const delivery = newDelivery()
    for (let from = 0; from < users.length; from += USER_BATCH) {
      const userIds = users.slice(from, from + USER_BATCH)
      const call = { method: 'POST', path: BATCH_SEND, body: { ...body, userIds } } as const
      try {
        const answer = await api.call(call, UsersAnswer)
        if (answer.processQueryKey !== undefined) delivery.keys.push(answer.processQueryKey)
        delivery.invalid.push(...answer.invalidStaffIdList)
        delivery.filtered.push(...answer.filteredStaffIdList)
        delivery.throttled.push(...answer.flowControlledStaffIdList)
      } catch (cause) {
        if (areAllUnknown(cause)) {
          delivery.invalid.push(...userIds)
          delivery.cause = cause
          continue
        }
        if (from === 0) throw cause
        const isUnknown = classify(cause, call) === 'unknown'
        const unsent = users.slice(isUnknown ? from + USER_BATCH : from)
        return { ...delivery, unsent, unknown: isUnknown ? userIds : [], cause }
      }
    }
    return delivery
  }

  const toConversation = async (path: string, body: object): Promise<Delivery> => {
    const { processQueryKey } = await api.call({ method: 'POST', path, body }, ConversationAnswer)
    return { ...newDelivery(), keys: [processQueryKey] }
  }

  return async (target, message) => {
    const robotMessage = robotMessageOf(message)
    if (robotMessage.lost)
      logger.warn(`A message goes out without its ${robotMessage.lost}.`, { msgtype: message.msgtype })
    const code = robotCode()
    const common = { robotCode: code, msgKey: robotMessage.msgKey, msgParam: paramOf(robotMessage) }
    const { space, send } = routeOf(target)
    const { keys, ...delivery } = await send({ toUsers, toConversation, common })
    for (const key of keys) remember(key, message)
    const sent = sentMessage(api, code, space, keys)
    const { invalid, filtered, throttled, unsent, unknown } = delivery
    if ([invalid, filtered, throttled, unsent, unknown].every(list => list.length === 0)) return sent
    const total = 'users' in target ? givenIds(target.users).length : 1
    throw new SendError(total, { ...delivery, sent })
  }
}

function newDelivery() {
  const ids = (): string[] => []
  const cause: unknown = undefined
  return { keys: ids(), invalid: ids(), filtered: ids(), throttled: ids(), unsent: ids(), unknown: ids(), cause }
}

/** If a batch holds only unknown people, the platform answers 400 instead of a list (eight public reports). */
function areAllUnknown(error: unknown): boolean {
  return error instanceof ApiError && /^staffId\.notExist/i.test(error.code)
}

function nobody(): DingTalkError {
  return new DingTalkError('The message was not sent: there is nobody in `users`. Name at least one userId.', {
    code: 'ERR_NO_RECIPIENT',
  })
}

interface Route {
  readonly space: Space
  readonly send: (tools: {
    readonly toUsers: (users: readonly string[], body: object) => Promise<Delivery>
    readonly toConversation: (path: string, body: object) => Promise<Delivery>
    readonly common: object
  }) => Promise<Delivery>
}

function routeOf(target: Exclude<Target, WebhookTarget>): Route {
  if ('users' in target) {
    const users = givenIds(target.users)
    return { space: { kind: 'users' }, send: ({ toUsers, common }) => toUsers(users, common) }
  }
  const [kind, openConversationId, path] =
    'group' in target
      ? (['group', target.group, '/v1.0/robot/groupMessages/send'] as const)
      : (['privateChat', target.privateChat, '/v1.0/robot/privateChatMessages/send'] as const)
  const { coolAppCode } = target
  const where = { openConversationId, ...(coolAppCode ? { coolAppCode } : {}) }
  return {
    space: { kind, openConversationId },
    send: ({ toConversation, common }) => toConversation(path, { ...common, ...where }),
  }
}

function paramOf({ msgParam }: RobotMessage): string {
  const text = JSON.stringify(msgParam)
  const bytes = Buffer.byteLength(text)
  if (bytes <= MAX_PARAM_BYTES) return text
  const problem = `The message was not sent: it has ${bytes} bytes, and the platform takes ${MAX_PARAM_BYTES}. Split it, for markdown with splitMarkdown().`
  throw new DingTalkError(problem, { code: 'ERR_MESSAGE_TOO_LONG' })
}

function sentMessage(
  api: Pick<Caller, 'call'>,
  robotCode: string,
  space: Space,
  processQueryKeys: readonly string[],
): SentMessage {
  return {
    via: 'robot',
    processQueryKeys,
    async recall() {
      const failed = Object.entries(await recallMessages(api, robotCode, space, processQueryKeys))
      if (failed.length === 0) return
      const problem = `The message was not recalled: ${failed.map(([, reason]) => reason).join('; ')}.`
      throw new DingTalkError(problem, { code: 'ERR_NOT_RECALLED' })
    },
    async readStatus() {
      const statuses = await Promise.all(processQueryKeys.map(key => readStatusOf(api, robotCode, space, key)))
      return { sendStatus: statuses[0]?.sendStatus ?? '', readUserIds: statuses.flatMap(status => status.readUserIds) }
    },
  }
}
