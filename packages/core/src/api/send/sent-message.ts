import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { Caller } from '../caller.ts'

/** Maximum number of keys per recall. */
const RECALL_BATCH = 20

/** Delivery state of a message, and the people who have read it. */
export interface ReadStatus {
  /** State: `SUCCESS`, `RECALLED` or `PROCESSING`. */
  readonly sendStatus: string
  /** userIds of those who have read it. */
  readonly readUserIds: readonly string[]
}

/** Message that was sent, with methods to recall it and to see who has read it. */
export interface SentMessage {
  /**
   * Channel that it took. One sent through a session webhook has no handle, so it can neither be recalled nor queried.
   */
  readonly via: 'webhook' | 'robot'
  /** Handles of the message, one per batch of people; empty for `webhook`. */
  readonly processQueryKeys: readonly string[]
  /**
   * Recalls the message, within 24 hours; nothing is left of it in the chat.
   * @throws DingTalkError `ERR_NO_HANDLE` for a message sent by webhook, `ERR_NOT_RECALLED`; ApiError, NetworkError,
   * TimeoutError
   */
  recall(): Promise<void>
  /**
   * Queries who has read it. @throws DingTalkError `ERR_NO_HANDLE` for a message sent by webhook; ApiError,
   * NetworkError, TimeoutError
   */
  readStatus(): Promise<ReadStatus>
}

/**
 * Kind of chat of a sent message, which decides on the API to recall or query it: `users` for people by userId, else a
 * group or a private chat between two people by openConversationId. Note that the paths have `otoMessages` in lower
 * case, unlike the API that sends.
 */
export type Space =
  | { readonly kind: 'users' }
  | { readonly kind: 'group' | 'privateChat'; readonly openConversationId: string }

const RECALL_PATHS = {
  users: '/v1.0/robot/otoMessages/batchRecall',
  group: '/v1.0/robot/groupMessages/recall',
  privateChat: '/v1.0/robot/privateChatMessages/batchRecall',
} as const

const QUERY_PATHS = {
  group: '/v1.0/robot/groupMessages/query',
  privateChat: '/v1.0/robot/privateChatMessages/query',
} as const

const Recalled = v.object({ failedResult: v.optional(v.record(v.string(), v.string()), {}) })

/** Recalls messages. @returns reasons of those that could not be recalled, by processQueryKey. */
export async function recallMessages(
  api: Pick<Caller, 'call'>,
  robotCode: string,
  space: Space,
  keys: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const failed: Record<string, string> = {}
  for (let from = 0; from < keys.length; from += RECALL_BATCH) {
    const processQueryKeys = keys.slice(from, from + RECALL_BATCH)
    const where = space.kind === 'users' ? {} : { openConversationId: space.openConversationId }
    const body = { robotCode, processQueryKeys, ...where }
    // Recalling twice has no further effect.
    const call = { method: 'POST', path: RECALL_PATHS[space.kind], body, idempotent: true } as const
    Object.assign(failed, (await api.call(call, Recalled)).failedResult)
  }
  return failed
}

const UserStatus = v.object({
  // Sic: the page of readStatus spells it SUCESS, the others SUCCESS.
  sendStatus: v.pipe(
    v.fallback(v.string(), ''),
    v.transform(status => (status === 'SUCESS' ? 'SUCCESS' : status)),
  ),
  messageReadInfoList: v.optional(v.array(v.object({ userId: v.string(), readStatus: v.string() })), []),
})

const ConversationStatus = v.object({
  sendStatus: v.fallback(v.string(), ''),
  readUserIds: v.optional(v.array(v.string()), []),
  hasMore: v.optional(v.boolean(), false),
  nextToken: v.optional(v.string()),
})

/** Queries who has read a message. */
export async function readStatusOf(
  api: Pick<Caller, 'call'>,
  robotCode: string,
  space: Space,
  processQueryKey: string,
): Promise<ReadStatus> {
  if (space.kind === 'users') {
    const query = { robotCode, processQueryKey }
    const status = await api.call({ method: 'GET', path: '/v1.0/robot/oToMessages/readStatus', query }, UserStatus)
    const read = status.messageReadInfoList.filter(({ readStatus }) => readStatus === 'READ')
    return { sendStatus: status.sendStatus, readUserIds: read.map(({ userId }) => userId) }
  }
  const readUserIds: string[] = []
  let sendStatus = ''
  let nextToken: string | undefined
  do {
    const body = {
      openConversationId: space.openConversationId,
      robotCode,
      processQueryKey,
      maxResults: 200,
      nextToken,
    }
    const call = { method: 'POST', path: QUERY_PATHS[space.kind], body, idempotent: true } as const
    const page = await api.call(call, ConversationStatus)
    readUserIds.push(...page.readUserIds)
    sendStatus = page.sendStatus
    nextToken = page.hasMore ? page.nextToken : undefined
  } while (nextToken)
  return { sendStatus, readUserIds }
}

/** Result of a message that went through a session webhook. */
export function withoutHandle(): SentMessage {
  return { via: 'webhook', processQueryKeys: [], recall: noHandle, readStatus: noHandle }
}

async function noHandle(): Promise<never> {
  const problem =
    'This message went through a session webhook, which gives no handle: it can be neither recalled nor followed. Send it with bot.api.send() to { users } or { group } instead.'
  throw new DingTalkError(problem, { code: 'ERR_NO_HANDLE' })
}
