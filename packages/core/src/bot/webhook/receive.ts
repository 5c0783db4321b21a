import { eventHeadersOf } from '../../updates/event/envelope.ts'
import { isRecord } from '../../updates/lenient/lenient.ts'
import type { Reply } from '../../updates/update.ts'
import type { Encryption } from './encryption.ts'
import { parse } from './request.ts'

/** Takes the body of a request that is DingTalk's, and answers it. */
export type Receive = (body: unknown, query: URLSearchParams, host: WebhookHost) => Promise<Response>

/** What some hosts give along: keeps a serverless function awake until the promise settles. */
export interface WebhookHost {
  readonly waitUntil?: ((task: Promise<unknown>) => void) | undefined
}

export interface ReceiveTools {
  /** Has the bot handle what was pushed. @returns its answer, or nothing where that would be too late. */
  readonly handle: (pushed: unknown, host: WebhookHost) => Promise<Reply | undefined>
  /** Refuses a request, and logs why. */
  readonly refuse: (status: number, why: string) => Response
}

const SUCCESS = 'success'
const NEEDS_ENCRYPTION =
  'it is encrypted, and webhook() was given no `encryption` with the token and aesKey of the event subscription'

/** For what is pushed as it is. */
export function receivePlain({ handle, refuse }: ReceiveTools): Receive {
  return async (body, _query, host) => {
    const isEncrypted =
      isRecord(body) && typeof body.encrypt === 'string' && !('EventType' in body || 'msgtype' in body)
    if (isEncrypted) return refuse(400, NEEDS_ENCRYPTION)
    const reply = await handle(body, host)
    return isToComeAgain(reply) ? notNow() : answer(200, bodyOf(reply))
  }
}

/** For what is pushed encrypted. */
export function receiveSealed({ handle, refuse }: ReceiveTools, { open, seal }: Encryption): Receive {
  return async (body, query, host) => {
    const encrypt = isRecord(body) ? body.encrypt : undefined
    if (typeof encrypt !== 'string') return refuse(400, 'it has no `encrypt`, so it is no encrypted push')
    const opened = open(query, encrypt)
    if ('problem' in opened) return refuse(403, opened.problem)
    const pushed = parse(opened.text)
    const check = answerToCheck(pushed)
    if (check !== undefined) return answer(200, seal(check, opened.owner))
    const reply = await handle(pushed, host)
    return isToComeAgain(reply) ? notNow() : answer(200, seal(SUCCESS, opened.owner))
  }
}

export function answer(status: number, body: unknown): Response {
  return Response.json(body, { status })
}

function notNow(): Response {
  return answer(503, { error: 'not handled now' })
}

/**
 * What is answered where the platform only tries the address: `success`, and for those of suites the random text that it
 * sent (ddtalk/dingTalkDoc, "回调接口").
 */
function answerToCheck(pushed: unknown): string | undefined {
  const { eventType } = eventHeadersOf(pushed)
  if (eventType === 'check_url') return SUCCESS
  if (eventType !== 'check_create_suite_url' && eventType !== 'check_update_suite_url') return undefined
  const random = isRecord(pushed) ? pushed.Random : undefined
  return typeof random === 'string' ? random : SUCCESS
}

/** Whether the platform should push it again: nobody has it, or its handler failed. */
function isToComeAgain(reply: Reply | undefined): boolean {
  if (reply?.code === 503) return true
  return isRecord(reply?.data) && reply.data.status === 'LATER'
}

/** Over HTTP the answer stands bare; on the stream it is wrapped in `response`. */
function bodyOf(reply: Reply | undefined): unknown {
  const data = reply?.data
  const response = isRecord(data) && 'response' in data ? data.response : data
  return response ?? {}
}
