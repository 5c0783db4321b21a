import { ApiError, type HttpClient, redact } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiSettings } from './caller.ts'
import { sharedToken, type Token } from './shared-token.ts'

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

/**
 * Creates the source of the app's access token: cached, and fetched once however many ask at the same time, by all
 * processes together where they share a store.
 */
export function createTokenSource(http: HttpClient, settings: ApiSettings): TokenSource {
  const { shared } = settings
  let cached: Token | undefined
  let refused: string | undefined
  let pending: Promise<string> | undefined

  const fetchToken = async (): Promise<Token> => {
    const { clientId, clientSecret } = settings.credential()
    const url = `${settings.endpoint}/v1.0/oauth2/accessToken`
    const { body } = await http.request({
      method: 'POST',
      url,
      json: { appKey: clientId, appSecret: clientSecret },
    })
    const answer = v.safeParse(Answer, body)
    if (!answer.success) throw noToken(body, url)
    const { accessToken: token, expireIn } = answer.output
    const lifetime = expireIn * 1000
    return { token, goodUntil: Date.now() + lifetime - Math.min(RESERVE, lifetime / 2) }
  }
  const renew = async (): Promise<string> => {
    const isWanted = (token: string): boolean => token !== refused
    cached = await (shared
      ? sharedToken(shared, settings.credential().clientSecret, isWanted, fetchToken)
      : fetchToken())
    return cached.token
  }

  return {
    get() {
      if (cached && Date.now() < cached.goodUntil) return Promise.resolve(cached.token)
      pending ??= renew().finally(() => {
        pending = undefined
      })
      return pending
    },
    drop(token) {
      refused = token
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
