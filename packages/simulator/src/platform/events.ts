import type { CardEvent } from '../apis/card/types.ts'
import type { GatewayEvent } from '../gateway/types.ts'
import type { HttpCall } from '../http/calls.ts'
import type { WorldEvent } from '../world/types.ts'

/**
 * An event of `sim.on()`: a change of people, conversations, messages or cards; a frame, a violation or a connection;
 * an HTTP call.
 *
 * @example
 * sim.on(event => {
 *   if (event.type === 'violation') console.error(event.violation.reason)
 * })
 */
export type SimulatorEvent = WorldEvent | GatewayEvent | CardEvent | { readonly type: 'call'; readonly call: HttpCall }
