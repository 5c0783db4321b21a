import { randomUUID } from 'node:crypto'
import type { HttpCall } from '../../http/calls.ts'
import { formOf } from './form.ts'
import type { Mask } from './mask.ts'

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
  const { method, path, headers, query } = call
  // Whatever people have said may look like a mark; not like one that is made up now. An address leaves it as it is.
  const mark = randomUUID()
  const masked = (fields: unknown) => mask(fields, 'call', name => `${mark}.${name}.`)
  const quote = (text: string) => quoted(text, new RegExp(`${mark}\\.([A-Z_]+)\\.`, 'g'))
  const search = entriesOf(masked(query)).map(pair => pair.map(encodeURIComponent).join('='))
  const address = `${url}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`
  const form = formOf(headers['content-type'] ?? '', call.body)
  const lines = [`curl -X ${method} ${quote(address)}`]
  for (const [name, value] of entriesOf(masked(headers))) {
    // curl makes up a boundary of its own.
    if (LEFT_OUT.includes(name) || (form && name === 'content-type')) continue
    lines.push(`-H ${quote(`${name}: ${value}`)}`)
  }
  const body = form ? form.map(([option, field]) => `${option} ${quote(String(masked(field)))}`) : bodyOf(call, masked)
  for (const line of typeof body === 'string' ? data(body, quote) : body) lines.push(line)
  return lines.join(' \\\n  ')
}

function data(text: string, quote: (text: string) => string): readonly string[] {
  if (text === '') return []
  // No shell hands on what was no text.
  return /[\0\uFFFD]/.test(text) ? ['--data-binary @body'] : [`--data-raw ${quote(text)}`]
}

/** The body as it came, to the byte, as far as its secrets are found in there. */
function bodyOf({ body, text }: HttpCall, masked: (value: unknown) => unknown): string {
  const clean = masked(body)
  if (typeof clean === 'string') return clean
  const whole = JSON.stringify(clean) ?? ''
  if (text === undefined || typeof body !== 'object' || body === null) return whole
  const before = new Map(Object.entries(body).filter(([, held]) => typeof held === 'string'))
  let rest = text
  for (const [key, held] of Object.entries(Object(clean))) {
    const was = before.get(key)
    if (was === undefined || was === held) continue
    const inText = JSON.stringify(was)
    if (!rest.includes(inText)) return whole
    rest = rest.replaceAll(inText, () => JSON.stringify(held))
  }
  return String(masked(rest))
}

function entriesOf(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(Object(value)).map(([key, held]) => [key, String(held)])
}

/** Within single quotes a shell takes everything as it is; only the places of secrets are left to it. */
function quoted(text: string, secrets: RegExp): string {
  return `'${text.replaceAll("'", "'\\''").replaceAll(secrets, `'"$$$1"'`)}'`
}
