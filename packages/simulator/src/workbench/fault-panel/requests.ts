import * as v from 'valibot'
import { API_FAULTS } from '../../faults/api-fault-names.ts'
import { switchChoices, switchFlags } from '../../options/switch-choices.ts'
import type { FaultKind, FaultRequest, Strike, SwitchValues } from './protocol.ts'

/** Milliseconds: ten years. Further the clock is not moved by hand. */
const FURTHEST = 10 * 365 * 86_400_000

const name = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const orNone = v.nullable(count)
const times = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1)))
const strikes = { times, probability: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))) }
const delay = v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(FURTHEST)))
const status = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)))

// What an endpoint may send by RFC 6455; any other throws in the WebSocket.
const closeCode = v.pipe(
  v.number(),
  v.integer(),
  v.check(
    code => (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999),
  ),
)

const faultKinds: readonly FaultKind[] = ['api', 'push', 'flowControl', 'gateway', 'handshake', 'drop']
const strikeNames: readonly Strike[] = ['disconnect', 'drop', 'reset', 'halfOpen', 'garbage']

const delays = v.array(count)
const flags = Object.fromEntries(switchFlags.map(flag => [flag, v.exactOptional(v.boolean())]))
const choices = Object.fromEntries(
  Object.entries(switchChoices).map(([choice, values]) => [choice, v.exactOptional(v.picklist(values))]),
)
const switches: v.GenericSchema<unknown, Partial<SwitchValues>> = v.strictObject({
  ...choices,
  ...flags,
  eventRedelivery: v.exactOptional(delays),
  robotRedelivery: v.exactOptional(delays),
  webhookPerMinute: v.exactOptional(orNone),
  streamInterval: v.exactOptional(orNone),
  streamContentLimit: v.exactOptional(orNone),
  downloadCodeLife: v.exactOptional(orNone),
  downloadUrlLife: v.exactOptional(orNone),
})

export const faultRequest: v.GenericSchema<unknown, FaultRequest> = v.variant('kind', [
  v.strictObject({
    kind: v.literal('api'),
    path: v.exactOptional(name),
    method: v.exactOptional(v.picklist(['GET', 'POST', 'PUT', 'DELETE'])),
    fault: v.exactOptional(v.picklist(API_FAULTS)),
    applied: v.exactOptional(v.boolean()),
    delay,
    status,
    retryAfter: v.exactOptional(count),
    scopes: v.exactOptional(v.array(name)),
    ...strikes,
  }),
  v.strictObject({
    kind: v.literal('push'),
    fault: v.picklist(['duplicate', 'garbage', 'lost']),
    topic: v.exactOptional(name),
    ...strikes,
  }),
  v.strictObject({ kind: v.literal('flowControl'), nick: v.exactOptional(name), ...strikes }),
  v.strictObject({ kind: v.literal('gateway'), status, delay, times }),
  v.strictObject({ kind: v.literal('handshake'), refuse: status, delay, times }),
  v.strictObject({ kind: v.literal('drop'), times }),
  v.strictObject({
    kind: v.literal('strike'),
    strike: v.picklist(strikeNames),
    connectionId: v.exactOptional(name),
    code: v.exactOptional(closeCode),
    closeAfter: delay,
    reason: v.exactOptional(name),
  }),
  v.strictObject({ kind: v.literal('disarm'), family: v.picklist(faultKinds), id: count }),
  v.strictObject({ kind: v.literal('clear') }),
  v.strictObject({ kind: v.literal('advance'), ms: v.pipe(v.number(), v.minValue(1), v.maxValue(FURTHEST)) }),
  v.strictObject({ kind: v.literal('permission'), scope: name, granted: v.boolean() }),
  v.strictObject({
    kind: v.literal('quota'),
    meter: v.picklist(['api', 'push']),
    used: v.exactOptional(count),
    limit: v.exactOptional(orNone),
  }),
  v.strictObject({ kind: v.literal('throttle'), path: v.exactOptional(name), perSecond: orNone }),
  v.strictObject({ kind: v.literal('release'), path: name }),
  v.strictObject({ kind: v.literal('switches'), values: switches }),
])
