import { createHmac } from 'node:crypto'

/**
 * Signs the address of a custom robot for the present time (加签: customize-robot-security-settings): `sign` is the
 * Base64 of HmacSHA256 over `timestamp + "\n" + secret`, keyed with the secret. Valid for an hour.
 */
export function signedAddress(address: string, secret: string, now: number = Date.now()): string {
  const url = new URL(address)
  url.searchParams.set('timestamp', String(now))
  url.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  return url.href
}
