import { DingTalkError } from '@dingware/transport'
import type { Caller } from '../api/caller.ts'
import type { Message } from '../message/message.ts'

/** The webhook is left alone this long before it expires, for clocks that differ. Milliseconds. */
const MARGIN = 60_000
/** What a body may have (robot-message-type). */
const MAX_BYTES = 20_000

/** The session webhooks that come with messages. */
export interface SessionWebhook {
  /** Why the webhook of a message cannot be used, if so. */
  readonly problemOf: (message: Message | undefined) => string | undefined
  /**
   * Posts to an address.
   * @param sign what makes of it the address that is called, anew for each try.
   * @throws ApiError, NetworkError; DingTalkError for an address that is not trusted, or a body that is too long.
   */
  readonly post: (address: string, body: object, sign?: (address: string) => string) => Promise<void>
}

/**
 * Creates the sender through session webhooks. The address comes in a payload, so it is called only on DingTalk's own
 * hosts and those that the bot is configured for: a forged payload must not reach others.
 */
export function createSessionWebhook(api: Pick<Caller, 'call'>, endpoints: readonly string[]): SessionWebhook {
  const trusted = new Set(endpoints.map(endpoint => new URL(endpoint).host))

  const isTrusted = (url: URL): boolean =>
    url.username === '' &&
    url.password === '' &&
    (trusted.has(url.host) || (url.protocol === 'https:' && /\.dingtalk\.(com|io)$/.test(url.hostname)))

  return {
    problemOf(message) {
      const { sessionWebhook, sessionWebhookExpiredTime = Number.POSITIVE_INFINITY } = message ?? {}
      if (sessionWebhook === undefined || !URL.canParse(sessionWebhook)) return 'the update carries no session webhook'
      const url = new URL(sessionWebhook)
      if (!isTrusted(url))
        return `the session webhook points at ${url.host}, which is neither DingTalk's nor a configured endpoint`
      if (Date.now() > sessionWebhookExpiredTime - MARGIN)
        return 'the session webhook has expired (it lives for 90 minutes)'
      return undefined
    },
    async post(address, body, sign = unsigned => unsigned) {
      if (!URL.canParse(address) || !isTrusted(new URL(address))) {
        const problem =
          "The message was not sent: the address of its webhook is neither DingTalk's nor a configured endpoint."
        throw new DingTalkError(problem, { code: 'ERR_UNTRUSTED_WEBHOOK' })
      }
      const bytes = Buffer.byteLength(JSON.stringify(body))
      if (bytes > MAX_BYTES) {
        const problem = `The message was not sent: it has ${bytes} bytes, and a session webhook takes ${MAX_BYTES}. Split it, for markdown with splitMarkdown().`
        throw new DingTalkError(problem, { code: 'ERR_MESSAGE_TOO_LONG' })
      }
      await api.call({
        method: 'POST',
        base: 'webhook',
        get path() {
          return sign(address)
        },
        body,
      })
    },
  }
}
