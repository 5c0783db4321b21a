/** Text in place of a secret. */
export const MASK = '***'

/** Names whose values are secret wherever they appear: query parameters, JSON fields, headers. */
const NAME =
  '\\b(?:[\\w-]{0,24}(?:token|secret|ticket)|(?:[\\w-]{0,24}[_-])?(?:session(?:[_-]?webhook)?|sign|signature|password|authorization|cookie))'
/** Names that no sentence has before a colon, as `ticket: expired` might stand in one. */
const STRICT_NAME = '\\b[\\w-]{0,24}(?:[_-]token|accessToken|secret|password)'
/** Up to the same quote again, however deep in JSON within JSON; where it never comes, to the end. */
const QUOTED = '(?<quote>\\\\{0,8}["\'`])(?:(?!(?<!\\\\)\\k<quote>)[^])*'

// Every repetition before a value is bounded: a text may be a megabyte long, and come from anybody.
const NAMED = [
  // key=value in URLs and forms, also encoded once more
  new RegExp(`(?<name>${NAME}(?:=|%3D))(?:${QUOTED}|[^&\\s"'\\\\<>]+)`, 'gi'),
  // "key": "value" in JSON, also JSON inside a JSON string; key: 'value' as Node prints objects
  new RegExp(`(?<name>${NAME}(?:\\\\{0,8}["'])?\\s{0,4}:\\s{0,4})${QUOTED}`, 'gi'),
  // "key": 12345
  new RegExp(`(?<name>${NAME}\\\\{0,8}["']\\s{0,4}:\\s{0,4})[^\\s"'\\\\,}\\]]+`, 'gi'),
  // key: value in headers; two of them have values of several words
  new RegExp(`(?<name>${STRICT_NAME}:\\s{0,4})(?![\\s"'])[^\\s"'\\\\<>,;]+`, 'gi'),
  /(?<name>\b[\w-]{0,24}(?:authorization|cookie):\s{0,4})(?![\s"'])[^\r\n"']+/gi,
] as const

const SECRET_NAME = new RegExp(`${NAME}$`, 'i')

/** Userinfo of a URL, as in `http://user:pass@proxy:8080`. */
const USERINFO = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#\s"<>]*@/gi

/**
 * Masks secrets in a text as `***`: values of parameters, fields and headers with secret names (access_token,
 * appSecret, ticket, session, …), the userinfo of URLs, and each of `known` wherever it stands. For text that comes
 * from elsewhere (answers of servers, errors of libraries) before it reaches a log or a message.
 *
 * Hint: a secret under no name is only found as one of `known`, and there from four characters on.
 *
 * @example
 * redact('POST /robot/send?access_token=abc failed') // 'POST /robot/send?access_token=*** failed'
 */
export function redact(text: string, known: readonly string[] = []): string {
  let result = text
  // Short values are not replaced: a secret of three letters would mask half of an ordinary sentence.
  for (const secret of known) if (secret.length >= 4) result = result.replaceAll(secret, MASK)
  for (const pattern of NAMED) {
    result = result.replace(pattern, (...args) => {
      const { name, quote = '' }: Record<string, string | undefined> = args.at(-1)
      return `${name}${quote}${MASK}`
    })
  }
  return result.replace(USERINFO, `$1${MASK}@`)
}

/** True where the value of a field, a parameter or a header with this name is secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}
