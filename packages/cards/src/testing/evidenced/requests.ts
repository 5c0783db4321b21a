import type { ApiCall } from '@dingware/core'
import { isRecord } from '../../utils/is-record.ts'

type Fields = Readonly<Record<string, unknown>>

/** A request that was seen. */
export interface SeenRequest {
  /** As `POST /v1.0/card/instances`; undefined where the line tells no more than the body. */
  readonly route: string | undefined
  readonly body: Fields
  /** Whether that is all of the body; else it is some of its fields. */
  readonly isWhole: boolean
}

const INSTANCES = '/v1.0/card/instances'
const ROUTE = /(POST|PUT)(?: (\S+))?/

/** The requests in a line of evidence, in whichever of the notations it is written. */
export function requestsIn(data: unknown): readonly SeenRequest[] {
  if (Array.isArray(data)) return data.flatMap(requestsIn)
  if (!isRecord(data)) return []
  const { method, path, body } = data
  if (isRecord(body)) return [{ route: `${String(method)} ${String(path)}`, body, isWhole: true }]
  const noted = Object.entries(data).filter(([key]) => ROUTE.test(key))
  if (noted.length === 0) return [{ route: undefined, body: whole(data), isWhole: false }]
  // Of some nothing is told but that they were made.
  return noted.flatMap(([key, fields]) =>
    isRecord(fields) ? [{ route: routeIn(key), body: whole(fields), isWhole: false }] : [],
  )
}

function routeIn(key: string): string {
  const [, method, path = INSTANCES] = ROUTE.exec(key) ?? []
  return `${method} ${path.startsWith('/') ? path : `${INSTANCES}/${path}`}`
}

/** Some lines shorten `cardData: { cardParamMap }`, or leave fields out. */
function whole({ cardParamMap, '…': _left, ...rest }: Fields): Fields {
  return cardParamMap === undefined ? rest : { ...rest, cardData: { cardParamMap } }
}

/** Whether the evidence leaves out what stood there. */
function isShortened(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('…') || value === 'uuid')
}

/** New each time. */
const ALWAYS_NEW = ['outTrackId', 'guid', 'topOpenDeliverModel.expiredTimeMillis']

/** How a call differs from what was seen: `+` ours alone has, `-` that alone has, `≠` other values. */
export function differences({ method, path, body }: ApiCall, seen: SeenRequest): readonly string[] {
  if (seen.route !== undefined && seen.route !== `${method} ${path}`) return ['another call']
  const [ours, theirs] = [leaves(body), leaves(seen.body)]
  const isThere = (name: string): boolean =>
    ours.has(name) || (isShortened(theirs.get(name)) && [...ours.keys()].some(key => key.startsWith(`${name}.`)))
  const missing = [...theirs.keys()].filter(name => !isThere(name)).map(name => `-${name}`)
  const extra = seen.isWhole ? [...ours.keys()].filter(name => !theirs.has(name)).map(name => `+${name}`) : []
  const other = [...theirs].filter(([name, value]) => ours.has(name) && !isSame(name, ours.get(name), value))
  return [...missing, ...extra, ...other.map(([name]) => `≠${name}`)].toSorted()
}

/** The differences of the call that is nearest. */
export function nearest(calls: readonly ApiCall[], seen: SeenRequest): readonly string[] {
  const found = calls.map(call => differences(call, seen)).filter(([first]) => first !== 'another call')
  return found.toSorted((one, other) => costOf(one) - costOf(other))[0] ?? ['no such call']
}

/** Another value says that it is another call, more than a field that is not there. */
function costOf(differences: readonly string[]): number {
  return differences.reduce((sum, one) => sum + (one.startsWith('≠') ? 3 : 1), 0)
}

function isSame(name: string, ours: unknown, seen: unknown): boolean {
  if (isShortened(seen)) return true
  return ALWAYS_NEW.includes(name) ? typeof ours === typeof seen && ours !== '' : Object.is(ours, seen)
}

/** Everything in a body that is no object, by its place; JSON in a text counts as what it is the text of. */
function leaves(value: unknown, place = ''): ReadonlyMap<string, unknown> {
  const parsed = place.includes('cardParamMap.') || place.endsWith('Context') ? jsonIn(value) : value
  const items = Array.isArray(parsed) ? Object.entries(parsed) : isRecord(parsed) ? Object.entries(parsed) : undefined
  if (!items || items.length === 0) return new Map([[place, items ? JSON.stringify(parsed) : value]])
  return new Map(items.flatMap(([name, item]) => [...leaves(item, place === '' ? name : `${place}.${name}`)]))
}

function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
