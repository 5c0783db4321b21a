import { checkOptions, createDeferred, credentialOf, rule, thrownText } from '@dingware/transport'
import { later } from '../../updates/answer/ack-policy.ts'
import { createUpdate, type Reply, TOPICS, type Update } from '../../updates/update.ts'
import type { Bot } from '../bot.ts'
import { HANDLE, LOG } from '../handle.ts'
import { createEncryption, type EncryptionOptions } from './encryption.ts'
import { answer, type ReceiveTools, receivePlain, receiveSealed, type WebhookHost } from './receive.ts'
import { parse, readText } from './request.ts'
import { sameText } from './same-text.ts'
import { isSignedBy } from './signature.ts'

export interface WebhookOptions {
  /** Signs robot messages. Default: `DINGTALK_CLIENT_SECRET`. */
  readonly clientSecret?: string | undefined
  /**
   * What a custom robot of a group (an "outgoing" one) puts into the header `token`, in place of a signature. Where a
   * `clientSecret` is given too, either lets a request in: so one address does for both kinds of robots.
   */
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

export type WebhookHandler = (request: Request, host?: WebhookHost) => Promise<Response>

/** What a webhook needs of a bot. */
type Target = Pick<Bot<never>, typeof HANDLE | typeof LOG>

/** The platform waits 2.5 s for HTTP pushes (appendix-b-proposals-for-rational-use-of-resources). */
const DEADLINE = 2_300

const STILL_RUNS = later('the handler still runs')

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

/** What the bot answers to an update; nothing where that would be too late. */
async function handled(bot: Target, update: Update, { waitUntil }: WebhookHost): Promise<Reply | undefined> {
  const replied = createDeferred<Reply>()
  let given: Reply | undefined
  const done = bot[HANDLE](update, reply => {
    given = reply
    replied.resolve(reply)
  })
  // Where nothing keeps the function awake, it may be frozen once it has answered: let the handlers end first.
  waitUntil?.(done)
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<Reply | undefined>(resolve => {
    // An event that is still being handled comes again, as on the stream: its handler may yet fail.
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
    return ({ headers }) => sameText(headers.get('token') ?? '', token) || (given ? isSignedBy(given, headers) : false)
  }
  return ({ headers }) => {
    const { clientSecret } = credentialOf({ clientId: 'unused', clientSecret: given })
    return isSignedBy(clientSecret, headers)
  }
}
