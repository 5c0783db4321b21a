/**
 * Base64, perhaps in lines, with two or more numbers behind it: `…==||3||1||132` in a quote (dingtalk-stream-sdk-go#22),
 * `…||4||1||64` where an organisation encrypts its messages (dingtalk-workspace-cli#1091).
 */
const CIPHERTEXT = /^(?=[^|]*[A-Z])(?=[^|]*[a-z])([A-Za-z0-9+/][A-Za-z0-9+/\r\n]*)(?:={1,2}\s*)?(?:\|\|\d+){2,}$/

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
  const body = CIPHERTEXT.exec(tight)?.[1]
  return body !== undefined && body.replace(/\s/g, '').length >= SHORTEST
}

/** Encrypted text within other text: behind a name, or in JSON text, where line breaks are written out. */
const WITHIN = /(?<![A-Za-z0-9+/\r\n])(?:[A-Za-z0-9+/\r\n]|\\[rn]){22,}(?:={1,2}\s*)?(?:\|\|\d+){2,}/g

/** The same text with `[encrypted]` for what is encrypted in it. */
export function maskCiphertext(text: string): string {
  if (!text.includes('||')) return text
  return text.replace(WITHIN, found => (isCiphertext(found.replace(/\\[rn]/g, '\n')) ? '[encrypted]' : found))
}
