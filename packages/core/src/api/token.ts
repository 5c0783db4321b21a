import { ApiError, type HttpClient, redact } from '@dingware/transport'
import * as v from 'valibot'
import type { ApiSettings } from './caller.ts'
import { endpointFor } from './endpoints.ts'
import { sharedToken, type Token } from './shared-token.ts'

/** Milliseconds before its expiry at which a token is renewed. */
const RESERVE = 5 * 60_000
export const TOKEN_PATH = '/v1.0/oauth2/accessToken'
const DEFAULT_LIFETIME = 7_200
/** Minimum milliseconds between two renewals of a token that is still valid. */
const RENEW_EVERY = 60_000

const Answer = v.object({
  accessToken: v.pipe(v.string(), v.nonEmpty()),
  expireIn: v.fallback(v.pipe(v.number(), v.minValue(1)), DEFAULT_LIFETIME),
})

export interface TokenSource {
  readonly get: () => Promise<string>
  /** Drops a token that the platform no longer takes. */
  readonly drop: (token: string) => void
  /**
   * Fetches a newer token than one that lacks a permission: at most once a minute, and without dropping that one
   * before.
   *
   * @returns `undefined` if there is none.
   */
  readonly renew: (token: string) => Promise<string | undefined>
}

/**
 * Creates the source of the app's access token: cached, and fetched once however many calls need it, by all processes
 * together if they share a store.
 */
export function createTokenSource(http: HttpClient, settings: ApiSettings): TokenSource {
  const { shared } = settings
  let cached: Token | undefined
  let refused: string | undefined
  let pending: Promise<string> | undefined
  let renewing: Promise<string | undefined> | undefined
  let renewedAt = Number.NEGATIVE_INFINITY

  const fetchToken = async (): Promise<Token> => {
    const { clientId, clientSecret } = settings.credential()
    const url = endpointFor(settings, 'api') + TOKEN_PATH
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
  const fetchNext = async (): Promise<string> => {
    const isWanted = (token: string): boolean => token !== refused
    cached = await (shared
      ? sharedToken(shared, settings.credential().clientSecret, isWanted, fetchToken)
      : fetchToken())
    return cached.token
  }

  return {
    get() {
      if (cached && Date.now() < cached.goodUntil) return Promise.resolve(cached.token)
      pending ??= fetchNext().finally(() => {
        pending = undefined
      })
      return pending
    },
    drop(token) {
      refused = token
      if (cached?.token === token) cached = undefined
    },
    async renew(token) {
      if (cached && cached.token !== token) return cached.token
      if (!renewing) {
        if (performance.now() - renewedAt < RENEW_EVERY) return undefined
        renewedAt = performance.now()
        refused = token
        renewing = fetchNext()
          // The caller should get the refusal, not the error of this attempt to get round it.
          .catch(() => undefined)
          .finally(() => {
            renewing = undefined
          })
      }
      return renewing
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
