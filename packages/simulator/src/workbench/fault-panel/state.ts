import { DELEGATE_TOPIC, ROBOT_TOPIC } from '../../apis/bot-messages/message.ts'
import { CARD_TOPIC } from '../../apis/card/click.ts'
import { DYNAMIC_TOPIC } from '../../apis/card/pull.ts'
import { GRAPH_TOPIC } from '../../apis/graph/graph.ts'
import type { ArmedFaults, Faults } from '../../faults/faults.ts'
import type { ArmedFault } from '../../faults/rules.ts'
import type { ApiFault } from '../../faults/types.ts'
import type { Route } from '../../http/route.ts'
import type { Switches } from '../../options/switches.ts'
import type { Parts } from '../../platform/parts.ts'
import type { Pattern } from '../../utils/pattern.ts'
import type { ArmedView, FaultKind, FaultState, SwitchValues } from './protocol.ts'

export interface FaultPanelDeps {
  readonly parts: Parts
  readonly faults: Faults
  readonly routes: readonly Route[]
}

const topics: readonly string[] = [ROBOT_TOPIC, DELEGATE_TOPIC, CARD_TOPIC, DYNAMIC_TOPIC, GRAPH_TOPIC, '*']

/** Everything that the fault panel shows. */
export function readState({ parts, routes }: FaultPanelDeps): FaultState {
  const { armed, hub, time, permissions, quota, throttle, switches } = parts
  const scopes = new Set([...routes.flatMap(({ scope }) => scope ?? []), ...permissions.revoked])
  const { general, special } = throttle.limits
  return {
    armed: armedViews(armed),
    connections: hub.infos().map(({ id, ua, state }) => ({ id, ua, state })),
    // To the second: else it would differ at each look.
    ahead: Math.round((time.now() - Date.now()) / 1_000) * 1_000,
    permissions: [...scopes].sort().map(scope => ({ scope, granted: permissions.has(scope) })),
    quotas: { api: meter(quota.api), push: meter(quota.push) },
    throttle: {
      general: finite(general),
      special: [...special].map(([path, perSecond]) => ({ path, perSecond: finite(perSecond) })),
    },
    switches: onWire(switches),
    apis: [...new Set(routes.map(({ path }) => path))].sort(),
    topics,
  }
}

function armedViews({ api, push, flowControl, gateway, handshake, drop }: ArmedFaults): readonly ArmedView[] {
  return [
    ...api.list().map(it => view('api', it, apiName(it.fault), it.fault.path, it.fault)),
    ...push.list().map(it => view('push', it, it.fault.fault, it.fault.topic, it.fault)),
    ...flowControl.list().map(it => view('flowControl', it, 'flowControl', it.fault.user?.nick, it.fault)),
    ...gateway.list().map(it => view('gateway', it, String(it.fault.status ?? 'slow'), undefined, it.fault)),
    ...handshake.list().map(it => view('handshake', it, String(it.fault.refuse ?? 'slow'), undefined, it.fault)),
    ...drop.list().map(it => view('drop', it, 'acceptThenDrop', undefined, {})),
  ]
}

function apiName({ fault }: ApiFault): string {
  if (fault === undefined) return 'slow'
  return typeof fault === 'string' ? fault : String(fault.status)
}

function view(
  family: FaultKind,
  { id, left, struck }: ArmedFault<unknown>,
  name: string,
  where: Pattern | undefined,
  { delay, probability }: { readonly delay?: number; readonly probability?: number },
): ArmedView {
  return {
    family,
    id,
    name,
    ...(where !== undefined && { where: String(where) }),
    ...(delay !== undefined && { delay: finite(delay) }),
    ...(probability !== undefined && { probability }),
    left: finite(left),
    struck,
  }
}

function meter({ used, limit }: { readonly used: number; readonly limit: number }) {
  return { used, limit: finite(limit) }
}

function onWire(switches: Switches): SwitchValues {
  const { webhookPerMinute, streamInterval, streamContentLimit, downloadCodeLife, downloadUrlLife } = switches
  return {
    ...switches,
    webhookPerMinute: finite(webhookPerMinute),
    streamInterval: finite(streamInterval),
    streamContentLimit: finite(streamContentLimit),
    downloadCodeLife: finite(downloadCodeLife),
    downloadUrlLife: finite(downloadUrlLife),
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
