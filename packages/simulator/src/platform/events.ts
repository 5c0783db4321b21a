import type { CardEvent } from '../apis/card/types.ts'
import type { GatewayEvent } from '../gateway/types.ts'
import type { HttpCall } from '../http/calls.ts'
import type { WorldEvent } from '../world/types.ts'

/** Everything that happens in a simulator. */
export type SimulatorEvent = WorldEvent | GatewayEvent | CardEvent | { readonly type: 'call'; readonly call: HttpCall }
