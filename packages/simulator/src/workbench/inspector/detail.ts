import { isRecord, parseJson } from '../../utils/json.ts'
import { toCurl } from './curl.ts'
import { dataOf, readAck, readPush } from './frames.ts'
import { type Mask, nested } from './mask.ts'
import type { EntryDetail, EntryPart } from './protocol.ts'
import { shallow } from './shallow.ts'
import type { Item, Source } from './timeline.ts'

/** Everything about one entry, without its secrets. */
export function detailOf(
  { entry, source }: Item,
  { mask, url }: { readonly mask: Mask; readonly url: string },
): EntryDetail {
  const where = source.kind === 'call' ? 'call' : 'push'
  const parts = partsOf(source).map(({ name, value }) => ({ name, value: unfold(mask(value, where)) }))
  const { id, replayable, preview, conversationIds, ...facts } = entry
  const whole = { ...facts, ...Object.fromEntries(parts.map(({ name, value }) => [name, value])) }
  return {
    entry,
    parts,
    json: JSON.stringify(whole, null, 2),
    ...(source.kind === 'call' && { curl: toCurl(source.call, url, mask) }),
  }
}

/** The text that a search looks through: the entry as it went over the wire, and as its details show it. */
export function searchText({ entry, source }: Item): string {
  const { title, code = '', note } = entry
  const values = partsOf(source).flatMap(({ value }) => (typeof value === 'string' ? value : texts(value)))
  return [title, code, ...Object.values(note ?? {}), ...values].join('\n').toLowerCase()
}

function texts(value: unknown): readonly string[] {
  return [JSON.stringify(value), JSON.stringify(unfold(value), null, 2)]
}

function partsOf(source: Source): readonly EntryPart[] {
  switch (source.kind) {
    case 'frame': {
      const frame = readPush(source.record) ?? readAck(source.record)
      if (!frame) return [{ name: 'raw', value: source.record.raw }]
      return [
        { name: 'data', value: dataOf(frame) },
        { name: 'headers', value: frame.headers },
      ]
    }
    case 'call': {
      const { query, headers, body, answer } = source.call
      const isThere = ({ value }: EntryPart) => value !== '' && JSON.stringify(value) !== '{}'
      const parts = [{ name: 'query', value: query } as const, { name: 'body', value: shallow(body) } as const].filter(
        isThere,
      )
      return [...parts, { name: 'answer', value: parsed(answer) }, { name: 'headers', value: headers }]
    }
    case 'violation':
      return [
        { name: 'reason', value: source.violation.reason },
        { name: 'raw', value: parsed(source.violation.raw) },
      ]
    case 'connection': {
      const { id, ua, subscriptions, state } = source.info
      return [{ name: 'data', value: { id, ua, subscriptions, state } }]
    }
  }
}

function parsed(value: unknown): unknown {
  return shallow(typeof value === 'string' ? (parseJson(value) ?? value) : value)
}

/** Shows JSON that lies in a text as the value it is. */
function unfold(value: unknown): unknown {
  if (typeof value === 'string') {
    const inner = nested(value)
    return inner === undefined ? value : unfold(inner)
  }
  if (Array.isArray(value)) return value.map(unfold)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, unfold(held)]))
}
