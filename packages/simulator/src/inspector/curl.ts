import type { HttpCall } from '../http/calls.ts'
import type { Mask } from './secrets.ts'

/** Headers that curl sets itself, or that mean nothing to another caller. */
const LEFT_OUT: readonly string[] = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'accept-language',
  'keep-alive',
  'user-agent',
  'sec-fetch-mode',
]

/** A call as a command line for a POSIX shell. Secrets are variables of the shell there: `$ACCESS_TOKEN`. */
export function toCurl(call: HttpCall, url: string, mask: Mask): string {
  const { method, path, headers, query, body } = call
  const search = Object.entries(query).map(
    ([key, value]) => `${encodeURIComponent(key)}=${maskedQuery(key, value, mask)}`,
  )
  const address = `${url}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`
  const lines = [`curl -X ${method} ${quote(address)}`]
  for (const [name, value] of Object.entries(headers)) {
    if (LEFT_OUT.includes(name)) continue
    lines.push(`-H ${quote(`${name}: ${maskedValue(name, value, mask)}`)}`)
  }
  const text = textOf(body, mask)
  if (text !== '') lines.push(`--data-raw ${quote(text)}`)
  return lines.join(' \\\n  ')
}

function textOf(body: unknown, mask: Mask): string {
  const masked = mask(body)
  return typeof masked === 'string' ? masked : (JSON.stringify(masked) ?? '')
}

function maskedQuery(key: string, value: string, mask: Mask): string {
  const masked = maskedValue(key, value, mask)
  return masked === value ? encodeURIComponent(value) : masked
}

function maskedValue(name: string, value: string, mask: Mask): string {
  const masked = mask({ [name]: value })
  return typeof masked === 'object' && masked !== null ? String(Object.values(masked)[0]) : value
}

/** Within single quotes a shell takes everything as it is; only the places of secrets are left to it. */
function quote(text: string): string {
  const quoted = text.replaceAll("'", "'\\''").replaceAll(/<([A-Z]+(?:_[A-Z]+)*)>/g, `'"$$$1"'`)
  return `'${quoted}'`
}
