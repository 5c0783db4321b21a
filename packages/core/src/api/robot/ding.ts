import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { Caller } from '../caller.ts'
import { requireText } from '../send/text.ts'
import { failuresOf } from './ding-failures.ts'

/** Channel of a DING: a notification in the app, an SMS, or a phone call. */
export type DingWay = 'app' | 'sms' | 'phone'

/** DING to send: an urgent message that people have to confirm. */
export interface Ding {
  /** Receivers by userId: up to 200 in the app, up to 20 by SMS or phone. */
  readonly users: readonly string[]
  /** Text of the DING; must not be empty. */
  readonly content: string
  /** Channel. Default `app`. SMS and phone cost the organisation money. */
  readonly by?: DingWay | undefined
}

/** DING that was sent. */
export interface SentDing {
  /** Id of the DING. */
  readonly openDingId: string
  /** userIds that it did not reach. */
  readonly failed: readonly string[]
  /** Reasons for that in the platform's words, by userId. */
  readonly reasons: Readonly<Record<string, string>>
  /** Recalls it. @throws ApiError, NetworkError, TimeoutError */
  recall(): Promise<void>
}

const REMIND_TYPES: Readonly<Record<DingWay, number>> = { app: 1, sms: 2, phone: 3 }
const MOST: Readonly<Record<DingWay, number>> = { app: 200, sms: 20, phone: 20 }

const Answer = v.object({ openDingId: v.string(), failedList: v.optional(v.unknown()) })

/**
 * Sends a DING (robot-sends-nail-message).
 *
 * @throws DingTalkError `ERR_NO_RECIPIENT` for no or too many people, `ERR_EMPTY_MESSAGE`; TypeError if `content` is
 * not a text
 * @throws ApiError, NetworkError, TimeoutError
 */
export async function sendDing(
  api: Pick<Caller, 'call'>,
  robotCode: string,
  { users, content, by = 'app' }: Ding,
): Promise<SentDing> {
  requireText('The DING', 'its `content`', content)
  if (users.length === 0 || users.length > MOST[by]) throw wrongNumber(users.length, by)
  const body = { robotCode, remindType: REMIND_TYPES[by], receiverUserIdList: users, content }
  const answer = await api.call({ method: 'POST', path: '/v1.0/robot/ding/send', body }, Answer)
  const { openDingId } = answer
  const failures = failuresOf(answer.failedList, users)
  return {
    openDingId,
    failed: [...failures.keys()],
    reasons: Object.fromEntries(failures),
    async recall() {
      await api.call({
        method: 'POST',
        path: '/v1.0/robot/ding/recall',
        body: { robotCode, openDingId },
        idempotent: true,
      })
    },
  }
}

function wrongNumber(count: number, by: DingWay): DingTalkError {
  const problem =
    count === 0
      ? 'The DING was not sent: there is nobody in `users`. Name at least one userId.'
      : `The DING was not sent: it is for ${count} people, and by ${by} it may be for ${MOST[by]}. Send several.`
  return new DingTalkError(problem, { code: 'ERR_NO_RECIPIENT' })
}
