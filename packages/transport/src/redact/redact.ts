/** What stands where a secret stood. */
const MASK = '***'

/** Names whose values are secret wherever they appear: query parameters, JSON fields, headers. */
const SECRET_NAMES =
  'access[_-]?token|x-acs-dingtalk-access-token|app[_-]?secret|client[_-]?secret|suite[_-]?secret|ticket|session|sign|signature|password|authorization'

const NAMED = [
  // key=value in URLs and forms
  new RegExp(`\\b(${SECRET_NAMES})=([^&\\s"'\\\\<>]+)`, 'gi'),
  // "key": "value" in JSON, also JSON inside a JSON string
  new RegExp(`((?:\\\\*")(?:${SECRET_NAMES})(?:\\\\*")\\s*:\\s*\\\\*")([^"\\\\]+)`, 'gi'),
] as const

/** Userinfo of a URL, as in `http://user:pass@proxy:8080`. */
const USERINFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s"'@]+@/gi

/**
 * Masks secrets in a text: values of parameters and fields with secret names (access_token, appSecret, ticket, session,
 * …), the userinfo of URLs, and each of `known` wherever it stands. For text that comes from elsewhere (answers of
 * servers, errors of libraries) before it reaches a log or a message.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let result = text
  // Short values are not replaced: a secret of three letters would mask half of an ordinary sentence.
  for (const secret of known) if (secret.length >= 4) result = result.replaceAll(secret, MASK)
  for (const pattern of NAMED) {
    result = result.replace(pattern, (_match, name: string) => (name.endsWith('"') ? name : `${name}=`) + MASK)
  }
  return result.replace(USERINFO, `$1${MASK}@`)
}
