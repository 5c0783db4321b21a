import { parseJson } from '../http/json.ts'
import { shallow } from './shallow.ts'

/** Fields and headers that hold a secret, in lower case, and what stands in its place. */
const places: Readonly<Record<string, string>> = {
  'x-acs-dingtalk-access-token': '<ACCESS_TOKEN>',
  accesstoken: '<ACCESS_TOKEN>',
  access_token: '<ACCESS_TOKEN>',
  refreshtoken: '<REFRESH_TOKEN>',
  clientsecret: '<CLIENT_SECRET>',
  appsecret: '<CLIENT_SECRET>',
  app_secret: '<CLIENT_SECRET>',
  ticket: '<TICKET>',
  session: '<SESSION>',
  sessionwebhook: '<SESSION_WEBHOOK>',
  authcode: '<AUTH_CODE>',
  authorization: '<AUTHORIZATION>',
  cookie: '<COOKIE>',
  signature: '<SIGNATURE>',
}

const parameter = /([?&](access_token|session|ticket|signature)=)[^&\s"'<>\\]+/gi

/** Replaces what must not be passed on: tokens, tickets, session webhooks, signatures, and `secrets` wherever they stand. */
export type Mask = (value: unknown) => unknown

/**
 * @example
 * const mask = createMask([clientSecret])
 * mask({ accessToken: 'a1' }) // { accessToken: '<ACCESS_TOKEN>' }
 */
export function createMask(secrets: readonly string[]): Mask {
  const known = secrets.filter(secret => secret.length > 0)

  function maskText(text: string): string {
    const json = nested(text)
    if (json !== undefined) return JSON.stringify(mask(json))
    let masked = text.replaceAll(
      parameter,
      (_, start: string, name: string) => start + (places[name.toLowerCase()] ?? ''),
    )
    for (const secret of known) masked = masked.replaceAll(secret, '<CLIENT_SECRET>')
    return masked
  }

  function mask(value: unknown): unknown {
    if (typeof value === 'string') return maskText(value)
    if (Array.isArray(value)) return value.map(mask)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, maskField(key, held)]))
  }

  function maskField(key: string, held: unknown): unknown {
    const place = places[key.toLowerCase()]
    return place !== undefined && typeof held === 'string' && held !== '' ? place : mask(held)
  }

  return value => mask(shallow(value))
}

/** The object or list in a text that is JSON, for secrets may lie in there. */
export function nested(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  const value = shallow(parseJson(text))
  return typeof value === 'object' && value !== null ? value : undefined
}
