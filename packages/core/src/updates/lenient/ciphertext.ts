/**
 * Base64, perhaps in lines, with two or more numbers behind it: `…==||3||1||132` in a quote (dingtalk-stream-sdk-go#22),
 * `…||4||1||64` where an organisation encrypts its messages (dingtalk-workspace-cli#1091).
 */
const CIPHERTEXT = /^(?=[^|]*[A-Z])(?=[^|]*[a-z])([A-Za-z0-9+/][A-Za-z0-9+/\r\n]*)(?:=\s*(?:=\s*)?)?(?:\|\|\d+){2,}$/

/** One AES block is 22 characters of Base64, without padding. Shorter text was written by a person. */
const SHORTEST = 22

/**
 * True for encrypted text, which only DingTalk's clients can read. False for words, and for Base64 without the numbers.
 */
export function isCiphertext(text: string): boolean {
  // Fast path for almost all texts.
  if (!text.includes('||')) return false
  // Line breaks may also come before the numbers.
  const tight = text
    .split('||')
    .map(part => part.trim())
    .join('||')
  return tight.split(NEXT).every(isOne)
}

/** Position where the numbers end and another encrypted text begins, since several may follow each other. */
const NEXT = /(?![\d|])(?<=\|\|\d+)\s*/

function isOne(text: string): boolean {
  const body = CIPHERTEXT.exec(text)?.[1]
  return body !== undefined && body.replace(/\s/g, '').length >= SHORTEST
}

/**
 * Encrypted text within other text: behind a name, or in JSON, where line breaks are escaped. No two parts match the
 * same blanks, and it does not begin within an escaped line break: otherwise long texts take minutes.
 */
const WITHIN =
  /(?<![A-Za-z0-9+/\r\n]|\\(?=[rn]))(?:[A-Za-z0-9+/\r\n]|\\[rn]){22,}(?:=\s*(?:=\s*)?|[^\S\r\n]*)\|\|\d+(?:\s*\|\|\d+)+/g

/** Replaces encrypted parts of a text by `[encrypted]`. */
export function maskCiphertext(text: string): string {
  if (!text.includes('||')) return text
  return text.replace(WITHIN, found => (isWritten(found) ? '[encrypted]' : found))
}

/** Ranges of encrypted text within a text, end exclusive. */
export function ciphertextIn(text: string): readonly (readonly [from: number, to: number])[] {
  if (!text.includes('||')) return []
  if (isCiphertext(text)) return [[0, text.length]]
  return [...text.matchAll(WITHIN)].flatMap(({ 0: found, index }) =>
    isWritten(found) ? [[index, index + found.length] as const] : [],
  )
}

function isWritten(found: string): boolean {
  return isCiphertext(found.replace(/\\[rn]/g, '\n'))
}
