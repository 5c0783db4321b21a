import { ApiError } from '@dingware/transport'
import type { ApiCall } from './api-call.ts'
import { notMade } from './steps/not-made.ts'
import type { TokenSource } from './token.ts'

/** Executes a call, with a token if it needs one. */
export type Send = (call: ApiCall, token?: string) => Promise<unknown>

/**
 * Adds the app's token to calls. If a call is refused for its token, it is repeated once with a newer one: that is
 * safe, since such a refusal comes before anything is executed.
 */
export function createAuthorized(tokens: TokenSource, send: Send): (call: ApiCall) => Promise<unknown> {
  const currentToken = (): Promise<string> =>
    tokens.get().catch(error => {
      throw notMade(error)
    })

  const newerToken = async (error: unknown, call: ApiCall, token: string): Promise<string | undefined> => {
    // A token has the permissions that the app had when the token was issued (n8n-nodes-dingtalk 0.3.4).
    if (lacksPermission(error)) return tokens.renew(token)
    if (!isTokenRefused(error, call)) return undefined
    tokens.drop(token)
    return currentToken()
  }

  return async call => {
    if (call.base === 'webhook') return send(call)
    const token = await currentToken()
    try {
      return await send(call, token)
    } catch (error) {
      const newer = await newerToken(error, call, token)
      if (newer === undefined) throw error
      return send(call, newer)
    }
  }
}

function lacksPermission(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.requiredScopes.length > 0 || /AccessTokenPermissionDenied$|^60011$/.test(error.code))
  )
}

/** True for an expired token: HTTP 400 with `InvalidAuthentication` on the OpenAPI, an errcode on the old API. */
function isTokenRefused(error: unknown, { path }: ApiCall): boolean {
  if (!(error instanceof ApiError)) return false
  // The token APIs themselves take no token: if they refuse, it is for the credential.
  if (path.startsWith('/v1.0/oauth2/')) return false
  return error.status === 401 || ['InvalidAuthentication', '40014', '42001'].includes(error.code)
}
