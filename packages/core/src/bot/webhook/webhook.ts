import { checkOptions, createDeferred, credentialOf, rule } from '@dingware/transport'
import { later } from '../../updates/answer/ack-policy.ts'
import { createUpdate, type Reply, TOPICS, type Update } from '../../updates/update.ts'
import { thrownText } from '../../utils/thrown-text.ts'
import type { Bot } from '../bot.ts'
import { HANDLE, LOG } from '../handle.ts'
import { createEncryption, type EncryptionOptions } from './encryption.ts'
import { answer, type ReceiveTools, receivePlain, receiveSealed, type WebhookHost } from './receive.ts'
import { parse, readText } from './request.ts'
import { sameText } from './same-text.ts'
import { isSignedBy } from './signature.ts'

/** Options of {@link webhook}. */
export interface WebhookOptions {
  /** Client secret, by which robot messages are signed. Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /**
   * Token of a custom (outgoing) robot of a group, which it sends in the header `token` instead of a signature. If
   * `clientSecret` is given as well, either is accepted, so one address serves both kinds of robots.
   */
  readonly token?: string | undefined
  /** Token and aesKey of the event subscription, whose pushes and answers are encrypted. */
  readonly encryption?: EncryptionOptions | undefined
  /** Stream topic that the address receives. Default: events if `encryption` is given, else messages to the robot. */
  readonly topic?: string | undefined
  /** Function that verifies requests, instead of the check of robot messages. Required for other topics. */
  readonly verify?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /** Maximum size of a body, in bytes. Default 1 MiB. */
  readonly maxBody?: number | undefined
}

/**
 * Handler of web-standard requests, made by {@link webhook}. Never rejects for a bad request: the response has the
 * status.
 */
export type WebhookHandler = (request: Request, host?: WebhookHost) => Promise<Response>

/** Members of a bot that a webhook needs. */
type Target = Pick<Bot<never>, typeof HANDLE | typeof LOG>

/** The platform waits 2.5 s for HTTP pushes (appendix-b-proposals-for-rational-use-of-resources). */
const DEADLINE = 2_300

const STILL_RUNS = later('the handler still runs')

/**
 * Creates a request handler (Fetch API) for HTTP mode, so that a bot runs without a stream connection: in a serverless
 * function, behind Hono, Next.js or a plain server.
 *
 * It answers when the handlers have ended, or at the platform's deadline; with `host.waitUntil` as soon as there is an
 * answer. Statuses: 403 for a request that is not from DingTalk, 400 for one that cannot be read, 413 for one that is
 * too large, 503 for an update that was not handled and should be pushed again.
 *
 * Events reach the same handlers, under the same names, as from the stream. With `encryption`, checks of the address
 * (`check_url`, `check_create_suite_url`, `check_update_suite_url`) are answered, too.
 *
 * @throws TypeError for invalid options; Error for a topic that needs `verify`.
 * @example
 * const handle = webhook(bot)
 * app.post('/dingtalk', c => handle(c.req.raw))
 * @example
 * const { EVENT_TOKEN: token = '', EVENT_AES_KEY: aesKey = '' } = process.env
 * const handleEvent = webhook(bot, { encryption: { token, aesKey } })
 * app.post('/dingtalk/events', c => handleEvent(c.req.raw))
 */
export function webhook(bot: Target, options: WebhookOptions = {}): WebhookHandler {
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
  const tools: ReceiveTools = { handle: (pushed, host) => handled(bot, createUpdate(topic, pushed), host), refuse }
  const receive = encryption ? receiveSealed(tools, encryption) : receivePlain(tools)

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
    return receive(parse(text), new URL(request.url).searchParams, host)
  }
}

/** Runs an update. Resolves to the bot's answer; to `undefined` if there was none in time. */
async function handled(bot: Target, update: Update, { waitUntil }: WebhookHost): Promise<Reply | undefined> {
  const replied = createDeferred<Reply>()
  let given: Reply | undefined
  const done = bot[HANDLE](update, reply => {
    given = reply
    replied.resolve(reply)
  })
  // Without `waitUntil` the function may be frozen once it has answered, so the handlers have to end first.
  waitUntil?.(done)
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<Reply | undefined>(resolve => {
    // An event that is still being handled is requested again, as on the stream, since its handler may fail.
    timer = setTimeout(() => resolve(given ?? (update.kind === 'event' ? STILL_RUNS : undefined)), DEADLINE).unref()
  })
  try {
    return await Promise.race([waitUntil ? replied.promise : done.then(({ reply }) => reply), overdue])
  } finally {
    clearTimeout(timer)
  }
}

function needsCheck(topic: string): string {
  return `webhook() for ${topic} needs \`verify\`: only robot messages carry the signature that it knows how to check. Events that are encrypted need \`encryption\`.`
}

/** Untyped callers may leave one out, as when an environment variable is missing. */
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
    return ({ headers }) => sameText(headers.get('token') ?? '', token) || (given ? isSignedBy(given, headers) : false)
  }
  return ({ headers }) => {
    const { clientSecret } = credentialOf({ clientId: 'unused', clientSecret: given })
    return isSignedBy(clientSecret, headers)
  }
}
