import { eventHeadersOf } from '../../updates/event/envelope.ts'
import { isRecord } from '../../updates/lenient/lenient.ts'
import type { Reply } from '../../updates/update.ts'
import type { Encryption } from './encryption.ts'
import { parse } from './request.ts'

/** Handles the body of a verified request, and answers it. */
export type Receive = (body: unknown, query: URLSearchParams, host: WebhookHost) => Promise<Response>

/** Features of the host, such as a serverless platform or Hono's `executionCtx`. */
export interface WebhookHost {
  /**
   * Keeps a serverless function alive until the promise settles. With it the request is answered as soon as there is an
   * answer; without it when the handlers have ended.
   */
  readonly waitUntil?: ((task: Promise<unknown>) => void) | undefined
}

export interface ReceiveTools {
  /** Passes an update to the bot. @returns its answer; `undefined` if there was none in time. */
  readonly handle: (pushed: unknown, host: WebhookHost) => Promise<Reply | undefined>
  /** Rejects a request, and logs the reason. */
  readonly refuse: (status: number, why: string) => Response
}

const SUCCESS = 'success'
const NEEDS_ENCRYPTION =
  'it is encrypted, and webhook() was given no `encryption` with the token and aesKey of the event subscription'

/** Handles unencrypted pushes. */
export function receivePlain({ handle, refuse }: ReceiveTools): Receive {
  return async (body, _query, host) => {
    const isEncrypted =
      isRecord(body) && typeof body.encrypt === 'string' && !('EventType' in body || 'msgtype' in body)
    if (isEncrypted) return refuse(400, NEEDS_ENCRYPTION)
    const reply = await handle(body, host)
    return isToComeAgain(reply) ? notNow() : answer(200, bodyOf(reply))
  }
}

/** Handles encrypted pushes. */
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
 * Answer to a check of the address: `success`, and for suites the random text that was sent (ddtalk/dingTalkDoc,
 * "回调接口").
 */
function answerToCheck(pushed: unknown): string | undefined {
  const { eventType } = eventHeadersOf(pushed)
  if (eventType === 'check_url') return SUCCESS
  if (eventType !== 'check_create_suite_url' && eventType !== 'check_update_suite_url') return undefined
  const random = isRecord(pushed) ? pushed.Random : undefined
  return typeof random === 'string' ? random : SUCCESS
}

/** True if the platform should push it again: it was not handled, or its handler failed. */
function isToComeAgain(reply: Reply | undefined): boolean {
  if (reply?.code === 503) return true
  return isRecord(reply?.data) && reply.data.status === 'LATER'
}

/** Body of the answer: over HTTP without the `response` around it that the stream has. */
function bodyOf(reply: Reply | undefined): unknown {
  const data = reply?.data
  const response = isRecord(data) && 'response' in data ? data.response : data
  return response ?? {}
}
