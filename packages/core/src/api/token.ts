import { ApiError, type HttpClient, redact } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiSettings } from './caller.ts'

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
    const url = `${settings.endpoint}/v1.0/oauth2/accessToken`
    const { body } = await http.request({
      method: 'POST',
      url,
      json: { appKey: clientId, appSecret: clientSecret },
    })
    const answer = v.safeParse(Answer, body)
    if (!answer.success) throw noToken(body, url)
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

function noToken(body: unknown, url: string): ApiError {
  const quote = redact(JSON.stringify(body) ?? 'nothing').slice(0, 200)
  return new ApiError(
    `The token API answered without a token, so nothing can be called: ${quote}. Check the endpoint and the proxy.`,
    { status: 200, code: 'ERR_API_ANSWER', call: { method: 'POST', url } },
  )
}
