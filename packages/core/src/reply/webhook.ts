import { DingTalkError, type HttpClient } from '@dingware/transport'
import type { Message } from '../message/message.ts'

/** The webhook is left alone this long before it expires, for clocks that differ. Milliseconds. */
const MARGIN = 60_000

export interface WebhookSender {
  /** Posts a message to the session webhook that came with `message`. */
  readonly send: (message: Message | undefined, body: object) => Promise<void>
}

/**
 * Creates the sender of answers through the session webhook. The address comes in a payload, so it is called only on
 * DingTalk's own hosts and those that the bot is configured for: a forged payload must not reach others.
 */
export function createWebhookSender(http: HttpClient, endpoints: readonly string[]): WebhookSender {
  const trusted = new Set(endpoints.map(endpoint => new URL(endpoint).host))

  const isTrusted = (url: URL): boolean =>
    trusted.has(url.host) || (url.protocol === 'https:' && /\.dingtalk\.(com|io)$/.test(url.hostname))

  return {
    async send(message, body) {
      const { sessionWebhook, sessionWebhookExpiredTime = Number.POSITIVE_INFINITY } = message ?? {}
      if (sessionWebhook === undefined || !URL.canParse(sessionWebhook)) {
        throw new DingTalkError(
          'There is nowhere to reply to: the update carries no session webhook. Use bot.api instead.',
          {
            code: 'ERR_NO_WEBHOOK',
          },
        )
      }
      const url = new URL(sessionWebhook)
      if (!isTrusted(url)) {
        throw new DingTalkError(
          `The reply was not sent: the session webhook points at ${url.host}, which is neither DingTalk's nor a configured endpoint.`,
          { code: 'ERR_UNTRUSTED_WEBHOOK' },
        )
      }
      if (Date.now() > sessionWebhookExpiredTime - MARGIN) {
        throw new DingTalkError('The reply was not sent: the session webhook has expired (it lives for 90 minutes).', {
          code: 'ERR_WEBHOOK_EXPIRED',
        })
      }
      await http.request({ method: 'POST', url: url.href, json: body })
    },
  }
}
