import { DingTalkError } from '@dingware/transport'
import * as v from 'valibot'
import type { Caller } from '../caller.ts'
import { requireText } from '../send/text.ts'
import { failuresOf } from './ding-failures.ts'

/** How a DING reaches people. */
export type DingWay = 'app' | 'sms' | 'phone'

export interface Ding {
  /** userIds: up to 200 in the app, up to 20 by SMS or phone. */
  readonly users: readonly string[]
  readonly content: string
  /** Default `app`. SMS and phone cost the organisation money. */
  readonly by?: DingWay | undefined
}

export interface SentDing {
  readonly openDingId: string
  /** userIds that it did not reach. */
  readonly failed: readonly string[]
  /** Why it did not, in the platform's words, by userId. */
  readonly reasons: Readonly<Record<string, string>>
  /** Takes it back. */
  recall(): Promise<void>
}

const REMIND_TYPES: Readonly<Record<DingWay, number>> = { app: 1, sms: 2, phone: 3 }
const MOST: Readonly<Record<DingWay, number>> = { app: 200, sms: 20, phone: 20 }

const Answer = v.object({ openDingId: v.string(), failedList: v.optional(v.unknown()) })

/**
 * Sends a DING: a message that insists (robot-sends-nail-message).
 *
 * @throws ApiError, NetworkError; DingTalkError for nobody, for too many people, and `ERR_EMPTY_MESSAGE`; TypeError for what
 *   is no text.
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
