import { createHmac, timingSafeEqual } from 'node:crypto'

/** Maximum difference between the clocks for a signed request, in milliseconds (receive-message). */
const CLOCK_WINDOW = 3_600_000

/**
 * Verifies the signature of a pushed robot message: header `sign` is the Base64 of HmacSHA256 over
 * `timestamp + "\n" + appSecret`, keyed with the appSecret (receive-message).
 */
export function isSignedBy(secret: string, headers: Headers, now: number = Date.now()): boolean {
  const timestamp = headers.get('timestamp') ?? ''
  const sign = headers.get('sign') ?? ''
  if (!/^\d{1,16}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > CLOCK_WINDOW) return false
  const expected = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest()
  const given = Buffer.from(sign, 'base64')
  // The comparison takes constant time.
  return given.length === expected.length && timingSafeEqual(given, expected)
}
