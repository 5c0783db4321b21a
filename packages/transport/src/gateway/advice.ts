import type { ApiError } from '../errors/errors.ts'

/**
 * Advice on what to check, by the code that the gateway gives (developerpedia FAQ and the troubleshooting pages of
 * consumers).
 */
const ADVICE: Readonly<Record<string, string>> = {
  authFailed:
    'The credential was refused: check clientId (DINGTALK_CLIENT_ID) and clientSecret (DINGTALK_CLIENT_SECRET) for a wrong value or stray whitespace.',
  systemError:
    "This usually means a wrong clientId, an app version that is not published, a robot whose message mode is not Stream, or an address that is not on the app's IP list.",
  invalidParameter:
    'Check clientId, clientSecret, the subscriptions and `ua`, which must be ASCII of the form name/version.',
  'Forbidden.AccessDenied.IpNotInWhiteList':
    "This machine's public address is not on the app's IP list: add it in the developer console.",
}

/** Says what to check when the gateway refused a connection. */
export function adviceFor({ code, status, requiredScopes }: ApiError): string {
  const advice = ADVICE[code]
  if (advice) return advice
  // The error itself says so.
  if (requiredScopes.length > 0 || code === '1111') return ''
  if (status === 429 || /Qp[sm]Limit|too.?(fast|many|frequent)/i.test(code)) {
    return 'Too many connections are opened at once: wait before the next, and check that no process restarts in a loop.'
  }
  if (status >= 500) return 'That is a trouble of the platform, which usually passes: try again later.'
  if (code === `HTTP_${status}`) {
    return "These are not the gateway's own words: check `endpoint` (DINGTALK_OPENAPI_ENDPOINT) and the proxy settings (HTTPS_PROXY, NO_PROXY, `proxy`)."
  }
  return "Check the credential, that the app is published, that its robot is in Stream mode, and the app's IP list."
}
