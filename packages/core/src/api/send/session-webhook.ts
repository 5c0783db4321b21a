import { DingTalkError, type Logger, parseUrl } from '@dingware/transport'
import type { Message } from '../../updates/message/message.ts'
import type { Caller } from '../caller.ts'
import { isDead } from '../steps/webhook-refusal.ts'
import { createRecent } from './recent.ts'

/** Milliseconds before its expiry from which a webhook is no longer used, as a margin between clocks. */
const MARGIN = 60_000
/** Maximum size of a body in bytes (robot-message-type). */
const MAX_BYTES = 20_000

/** Sender through session webhooks, which come with messages. */
export interface SessionWebhook {
  /**
   * Reason why the webhook of a message cannot be used; `undefined` if it can. Logs one warning per host that is not
   * trusted.
   */
  readonly problemOf: (message: Message | undefined) => string | undefined
  /**
   * Posts a message to a webhook.
   *
   * @param sign signs the address, anew for each attempt
   * @throws ApiError, NetworkError, TimeoutError
   * @throws DingTalkError `ERR_UNTRUSTED_WEBHOOK`, `ERR_MESSAGE_TOO_LONG`
   */
  readonly post: (address: string, body: object, sign?: (address: string) => string) => Promise<void>
}

export interface SessionWebhookOptions {
  readonly api: Pick<Caller, 'call'>
  /** Hosts that may be called besides DingTalk's own: those of the endpoints, and the bot's `trustedHosts`. */
  readonly trustedHosts: readonly string[]
  readonly logger: Logger
}

/**
 * Creates the sender through session webhooks. Their addresses come in payloads, so only DingTalk's hosts and
 * configured ones are called: a forged payload must not make the bot call others.
 */
export function createSessionWebhook({ api, trustedHosts, logger }: SessionWebhookOptions): SessionWebhook {
  const isTrusted = createTrust(trustedHosts)
  const dead = createRecent()
  const warned = createRecent()

  return {
    problemOf(message) {
      const { sessionWebhook, sessionWebhookExpiredTime = Number.POSITIVE_INFINITY } = message ?? {}
      const url = sessionWebhook === undefined ? undefined : parseUrl(sessionWebhook)
      if (sessionWebhook === undefined || !url) return 'the update carries no session webhook'
      if (!isTrusted(url)) {
        const problem = untrusted('the session webhook', url)
        if (warned.add(url.host)) {
          logger.warn(
            `A reply does not go through its session webhook, which alone can mention people and reach those outside: ${problem}. If that host is yours, trust it: createBot({ trustedHosts }).`,
          )
        }
        return problem
      }
      if (Date.now() > sessionWebhookExpiredTime - MARGIN)
        return 'the session webhook has expired (it lives for 90 minutes)'
      return dead.has(sessionWebhook) ? 'the session webhook is gone, as it said before' : undefined
    },
    async post(address, body, sign = unsigned => unsigned) {
      const url = parseUrl(address)
      if (!url || !isTrusted(url)) {
        const why = url ? untrusted('its webhook', url) : 'its webhook is no address'
        const problem = `The message was not sent: ${why}. Check it; if the host is yours, trust it: createBot({ trustedHosts }).`
        throw new DingTalkError(problem, { code: 'ERR_UNTRUSTED_WEBHOOK' })
      }
      checkSize(body)
      try {
        await api.call({
          method: 'POST',
          base: 'webhook',
          get path() {
            return sign(address)
          },
          body,
        })
      } catch (error) {
        if (isDead(error)) dead.add(address)
        throw error
      }
    },
  }
}

/** @throws DingTalkError for a body that is too long. */
function checkSize(body: object): void {
  const bytes = Buffer.byteLength(JSON.stringify(body))
  if (bytes <= MAX_BYTES) return
  const problem = `The message was not sent: it has ${bytes} bytes, and a session webhook takes ${MAX_BYTES}. Split it, for markdown with splitMarkdown().`
  throw new DingTalkError(problem, { code: 'ERR_MESSAGE_TOO_LONG' })
}

/** Tells addresses that may be called: DingTalk's own by https, and those of the hosts. */
function createTrust(hosts: readonly string[]): (url: URL) => boolean {
  const trusted = new Set(hosts.map(host => host.toLowerCase()))
  return url =>
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    (trusted.has(url.host) || (url.protocol === 'https:' && /\.dingtalk\.(com|io)$/.test(url.hostname)))
}

/** Shortened, since the host comes from a payload. */
function untrusted(what: string, { protocol, host }: URL): string {
  const at = host.length > 100 ? `${host.slice(0, 100)}…` : host
  return `${what} points at ${protocol}//${at}, which is neither DingTalk's by https, nor that of an endpoint, nor in \`trustedHosts\``
}
