import type { IssuedSecrets } from '../../utils/issued-secrets.ts'
import { isRecord, parseJson } from '../../utils/json.ts'
import { shallow } from './shallow.ts'

type SecretFields = Readonly<Record<string, string>>

const WEBHOOK = 'SESSION_WEBHOOK'

/** Fields and headers of the wire that hold a secret, in lower case, and what stands in its place. */
const secretFields: Readonly<Record<Where, SecretFields>> = {
  push: { sessionwebhook: WEBHOOK },
  call: {
    'x-acs-dingtalk-access-token': 'ACCESS_TOKEN',
    accesstoken: 'ACCESS_TOKEN',
    access_token: 'ACCESS_TOKEN',
    refreshtoken: 'REFRESH_TOKEN',
    clientsecret: 'CLIENT_SECRET',
    appsecret: 'CLIENT_SECRET',
    app_secret: 'CLIENT_SECRET',
    ticket: 'TICKET',
    session: 'SESSION',
    sessionwebhook: WEBHOOK,
    authcode: 'AUTH_CODE',
    authorization: 'AUTHORIZATION',
    cookie: 'COOKIE',
    signature: 'SIGNATURE',
  },
}

/** The kind of a value: the data of a frame, or the headers, query, body or answer of a call. */
export type Where = 'push' | 'call'

/**
 * Replaces what must not be passed on: what a field of the wire holds that is for secrets, and secrets that the
 * simulator knows, wherever they stand. Those fields are the outermost ones: further in lies what people and bots say,
 * who may call things `ticket` too. `write` makes of a secret's name what stands in its place, `<NAME>` by default.
 */
export type Mask = (value: unknown, where: Where, write?: (name: string) => string) => unknown

/**
 * @example
 * const mask = createMask(clientSecret, issued)
 * mask({ accessToken: 'a1' }, 'call') // { accessToken: '<ACCESS_TOKEN>' }
 */
export function createMask(clientSecret: string, issued: IssuedSecrets): Mask {
  // As it is, and as JSON and addresses write it.
  const forms = [clientSecret, JSON.stringify(clientSecret).slice(1, -1), encodeURIComponent(clientSecret)]
  const known = [...new Set(forms)].filter(form => form !== '')

  return (value, where, write = name => `<${name}>`) => {
    const clean = (text: string) =>
      known.reduce((rest, secret) => rest.replaceAll(secret, () => write('CLIENT_SECRET')), issued.replace(text, write))
    const field = ([key, held]: [string, unknown]) => {
      const name = secretFields[where][key.toLowerCase()]
      const isSecret = name !== undefined && typeof held === 'string' && held !== ''
      return [key, isSecret ? write(name) : inTexts(held, clean)]
    }
    const cut = shallow(value)
    if (!isRecord(cut)) return inTexts(cut, clean)
    return Object.fromEntries(Object.entries(cut).map(field))
  }
}

function inTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(it => inTexts(it, change))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, inTexts(held, change)]))
}

/** The object or list in a text that is JSON. */
export function nested(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  const value = shallow(parseJson(text))
  return typeof value === 'object' && value !== null ? value : undefined
}
