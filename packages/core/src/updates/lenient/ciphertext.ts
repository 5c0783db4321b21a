/**
 * Base64, perhaps in lines, with two or more numbers behind it: `…==||3||1||132` in a quote (dingtalk-stream-sdk-go#22),
 * `…||4||1||64` where an organisation encrypts its messages (dingtalk-workspace-cli#1091).
 */
const CIPHERTEXT = /^(?=[^|]*[A-Z])(?=[^|]*[a-z])([A-Za-z0-9+/][A-Za-z0-9+/\r\n]*)(?:=\s*(?:=\s*)?)?(?:\|\|\d+){2,}$/

/** One block of AES is 22 characters of base64, without its padding. What is shorter is something that a person wrote. */
const SHORTEST = 22

/**
 * Whether a text is encrypted, so that nobody but DingTalk's clients can read it. Words, and base64 without the numbers,
 * are not.
 */
export function isCiphertext(text: string): boolean {
  // The way of nearly all texts.
  if (!text.includes('||')) return false
  // Lines may break before the numbers, too.
  const tight = text
    .split('||')
    .map(part => part.trim())
    .join('||')
  return tight.split(NEXT).every(isOne)
}

/** Where the numbers end and another text begins: several may stand one after another. */
const NEXT = /(?![\d|])(?<=\|\|\d+)\s*/

function isOne(text: string): boolean {
  const body = CIPHERTEXT.exec(text)?.[1]
  return body !== undefined && body.replace(/\s/g, '').length >= SHORTEST
}

/**
 * Encrypted text within other text: behind a name, or in JSON text, where line breaks are written out. No two parts of it
 * match the same blanks, and it does not begin within a line break that is written out: on long texts either takes
 * minutes.
 */
const WITHIN =
  /(?<![A-Za-z0-9+/\r\n]|\\(?=[rn]))(?:[A-Za-z0-9+/\r\n]|\\[rn]){22,}(?:=\s*(?:=\s*)?|[^\S\r\n]*)\|\|\d+(?:\s*\|\|\d+)+/g

/** The same text with `[encrypted]` for what is encrypted in it. */
export function maskCiphertext(text: string): string {
  if (!text.includes('||')) return text
  return text.replace(WITHIN, found => (isWritten(found) ? '[encrypted]' : found))
}

/** Where encrypted text stands in other text: from the first place up to, not including, the last. */
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
