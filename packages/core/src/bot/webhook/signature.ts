import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the clock of a signed request may be off, in milliseconds (receive-message). */
const CLOCK_WINDOW = 3_600_000

/**
 * Checks the signature of a pushed robot message: header `sign` is the Base64 of HmacSHA256 over
 * `timestamp + "\n" + appSecret`, keyed with the appSecret (receive-message).
 */
export function isSignedBy(secret: string, headers: Headers, now: number = Date.now()): boolean {
  const timestamp = headers.get('timestamp') ?? ''
  const sign = headers.get('sign') ?? ''
  if (!/^\d{1,16}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > CLOCK_WINDOW) return false
  const expected = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest()
  const given = Buffer.from(sign, 'base64')
  // Comparing takes the same time wherever the first difference is.
  return given.length === expected.length && timingSafeEqual(given, expected)
}
