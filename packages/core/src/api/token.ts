import { type HttpClient, redact } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiSettings } from './api.ts'

/** Renew this long before the platform forgets the token. Milliseconds. */
const RESERVE = 5 * 60_000
const DEFAULT_LIFETIME = 7_200

const Answer = v.object({
  accessToken: v.pipe(v.string(), v.nonEmpty()),
  expireIn: v.fallback(v.pipe(v.number(), v.minValue(1)), DEFAULT_LIFETIME),
})

export interface TokenSource {
  readonly get: () => Promise<string>
  /** Forgets a token that the platform no longer takes. */
  readonly drop: (token: string) => void
}

/** Creates the source of the app's access token: cached, and fetched once however many ask at the same time. */
export function createTokenSource(http: HttpClient, settings: ApiSettings): TokenSource {
  let cached: { readonly token: string; readonly goodUntil: number } | undefined
  let pending: Promise<string> | undefined

  const fetchToken = async (): Promise<string> => {
    const { clientId, clientSecret } = settings.credential()
    const { body } = await http.request({
      method: 'POST',
      url: `${settings.endpoint}/v1.0/oauth2/accessToken`,
      json: { appKey: clientId, appSecret: clientSecret },
    })
    const answer = v.safeParse(Answer, body)
    if (!answer.success)
      throw new Error(`The token API answered without a token: ${redact(JSON.stringify(body)).slice(0, 200)}`)
    const { accessToken, expireIn } = answer.output
    const lifetime = expireIn * 1000
    cached = { token: accessToken, goodUntil: performance.now() + lifetime - Math.min(RESERVE, lifetime / 2) }
    return accessToken
  }

  return {
    get() {
      if (cached && performance.now() < cached.goodUntil) return Promise.resolve(cached.token)
      pending ??= fetchToken().finally(() => {
        pending = undefined
      })
      return pending
    },
    drop(token) {
      if (cached?.token === token) cached = undefined
    },
  }
}
