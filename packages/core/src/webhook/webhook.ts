import { checkOptions, createDeferred, credentialOf, rule } from '@dingware/transport'
import type { Bot } from '../bot/bot.ts'
import { HANDLE, LOG } from '../bot/handle.ts'
import { thrownText } from '../errors/thrown-text.ts'
import { eventHeadersOf } from '../event/envelope.ts'
import { isRecord } from '../lenient/lenient.ts'
import { createUpdate, type Reply, TOPICS } from '../update/update.ts'
import { createEncryption, type Encryption, type EncryptionOptions } from './encryption.ts'
import { parse, readText } from './read-body.ts'
import { sameText } from './same-text.ts'
import { isSignedBy } from './signature.ts'

export interface WebhookOptions {
  /** Signs robot messages. Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /** What a custom robot of a group (an "outgoing" one) puts into the header `token`, in place of a signature. */
  readonly token?: string | undefined
  /** Token and aesKey of the event subscription: its pushes are encrypted, and so are the answers. */
  readonly encryption?: EncryptionOptions | undefined
  /** What the address receives. Default: events where `encryption` is given, else messages to the robot. */
  readonly topic?: string | undefined
  /** Decides whether a request is DingTalk's, in place of the check of robot messages: needed for other topics. */
  readonly verify?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /** Largest body, in bytes. Default 1 MiB. */
  readonly maxBody?: number | undefined
}

/** What some hosts give along: keeps a serverless function awake until the promise settles. */
export interface WebhookHost {
  readonly waitUntil?: ((task: Promise<unknown>) => void) | undefined
}

export type WebhookHandler = (request: Request, host?: WebhookHost) => Promise<Response>

/** The platform waits 2.5 s for HTTP pushes (appendix-b-proposals-for-rational-use-of-resources). */
const DEADLINE = 2_300

/**
 * Makes a handler of web-standard requests, so that the same bot runs where no socket can live: in a serverless function,
 * behind Hono, Next.js or a plain server. What is not DingTalk's is refused with 403, what cannot be read with 400.
 *
 * Answers when the handlers have ended, at the latest before the platform loses patience; with `host.waitUntil` as soon
 * as there is an answer. What was not handled, and is to be pushed again, is answered 503.
 *
 * Events come flat by HTTP and reach the same handlers, with the same names, as from the stream. With `encryption` the
 * check of the address (`check_url`, `check_create_suite_url`, `check_update_suite_url`) is answered here.
 *
 * @throws TypeError for options that cannot work; Error for a topic that needs `verify`.
 * @example
 * app.post('/dingtalk', c => webhook(bot)(c.req.raw))
 * @example
 * const { EVENT_TOKEN: token = '', EVENT_AES_KEY: aesKey = '' } = process.env
 * app.post('/dingtalk/events', c => webhook(bot, { encryption: { token, aesKey } })(c.req.raw))
 */
export function webhook(
  bot: Pick<Bot<never>, typeof HANDLE | typeof LOG>,
  options: WebhookOptions = {},
): WebhookHandler {
  checkOptions<WebhookOptions>('webhook', options, {
    clientSecret: rule.text,
    token: rule.text,
    encryption: rule.group<EncryptionOptions>({ token: rule.text, aesKey: rule.text }),
    topic: rule.text,
    verify: rule.callback,
    maxBody: rule.limit(1),
  })
  const encryption = options.encryption && createEncryption(checked(options.encryption))
  const { topic = encryption ? TOPICS.event : TOPICS.chatbot, maxBody = 1024 * 1024 } = options
  if (topic !== TOPICS.chatbot && !options.verify && !encryption) throw new Error(needsCheck(topic))
  const verify = options.verify ?? (encryption ? () => true : signedBy(options))

  const refuse = (status: number, why: string): Response => {
    bot[LOG].warn(`A request to the webhook was refused with ${status}: ${why}.`)
    return answer(status, { error: why })
  }

  const handle = async (body: unknown, { waitUntil }: WebhookHost): Promise<Reply | undefined> => {
    const replied = createDeferred<Reply>()
    const done = bot[HANDLE](createUpdate(topic, body), replied.resolve)
    // Where nothing keeps the function awake, it may be frozen once it has answered: let the handlers end first.
    waitUntil?.(done)
    return Promise.race([waitUntil ? replied.promise : done.then(({ reply }) => reply), overdue()])
  }

  const handleSealed = async (
    { open, seal }: Encryption,
    body: unknown,
    query: URLSearchParams,
    host: WebhookHost,
  ): Promise<Response> => {
    const encrypt = isRecord(body) ? body.encrypt : undefined
    if (typeof encrypt !== 'string') return refuse(400, 'it has no `encrypt`, so it is no encrypted push')
    const opened = open(query, encrypt)
    if ('problem' in opened) return refuse(403, opened.problem)
    const pushed = parse(opened.text)
    const check = answerToCheck(pushed)
    if (check !== undefined) return answer(200, seal(check, opened.owner))
    const reply = await handle(pushed, host)
    return isToComeAgain(reply) ? answer(503, NOT_HANDLED) : answer(200, seal(SUCCESS, opened.owner))
  }

  return async (request, host = {}) => {
    if (request.method !== 'POST') return answer(405, { error: 'POST only' })
    try {
      if (!(await verify(request))) return refuse(403, 'not signed by DingTalk')
    } catch (error) {
      return refuse(403, `it could not be checked: ${thrownText(error)}`)
    }
    let text: string | undefined
    try {
      text = await readText(request, maxBody)
    } catch (error) {
      return refuse(400, `its body broke off: ${thrownText(error)}`)
    }
    if (text === undefined) return refuse(413, 'too large')
    const body = parse(text)
    if (encryption) return handleSealed(encryption, body, new URL(request.url).searchParams, host)
    if (isEncrypted(body)) return refuse(400, NEEDS_ENCRYPTION)
    const reply = await handle(body, host)
    return isToComeAgain(reply) ? answer(503, NOT_HANDLED) : answer(200, bodyOf(reply))
  }
}

const SUCCESS = 'success'
const NOT_HANDLED = { error: 'not handled now' }
const NEEDS_ENCRYPTION =
  'it is encrypted, and webhook() was given no `encryption` with the token and aesKey of the event subscription'

function needsCheck(topic: string): string {
  return `webhook() for ${topic} needs \`verify\`: only robot messages carry the signature that it knows how to check. Events that are encrypted need \`encryption\`.`
}

/** Programs without types may leave one out, as where a variable of the environment is missing. */
function checked({ token, aesKey }: Partial<EncryptionOptions>): EncryptionOptions {
  if (token === undefined || aesKey === undefined) {
    throw new TypeError(
      "webhook()'s `encryption` needs both `token` and `aesKey`: without them no push can be read. Check that both are set.",
    )
  }
  return { token, aesKey }
}

function signedBy({ token, clientSecret: given }: WebhookOptions): (request: Request) => boolean {
  if (token !== undefined) {
    if (token === '') throw new TypeError('The `token` of webhook() is empty: whoever sends none would be let in.')
    return ({ headers }) => sameText(headers.get('token') ?? '', token)
  }
  return ({ headers }) => {
    const { clientSecret } = credentialOf({ clientId: 'unused', clientSecret: given })
    return isSignedBy(clientSecret, headers)
  }
}

/** Whether a body is a ciphertext and nothing else. */
function isEncrypted(body: unknown): boolean {
  return isRecord(body) && typeof body.encrypt === 'string' && Object.keys(body).length === 1
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
  const response = typeof data === 'object' && data !== null && 'response' in data ? data.response : data
  return response ?? {}
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status })
}

function overdue(): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), DEADLINE).unref())
}
