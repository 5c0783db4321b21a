import type { Clock } from '../clock/clock.ts'
import type { Bus } from '../utils/bus.ts'
import type { App } from '../world/types.ts'
import type { Connection } from './connection.ts'
import { createMessageIds } from './frame.ts'
import type { ConnectionInfo, Delivery, GatewayEvent, PushRequest, Subscription } from './types.ts'

/** The pool of connections, which chooses the one that gets a push. */
export interface Hub {
  readonly connections: readonly Connection[]
  infos(): readonly ConnectionInfo[]
  nextMessageId(): string
  /** Takes a connection in until its socket closes. */
  add(connection: Connection): void
  /** A connection has another state now. */
  changed(): void
  push(app: App, request: PushRequest): Promise<Delivery>
}

export interface HubDeps {
  readonly clock: Clock
  readonly bus: Pick<Bus<GatewayEvent>, 'emit'>
  readonly random: () => number
  /** `share`: a push goes to one connection of the app, at random. `displace`: a new one closes those before it. */
  readonly policy: 'share' | 'displace'
}

export function createHub({ clock, bus, random, policy }: HubDeps): Hub {
  let connections: readonly Connection[] = []
  const nextMessageId = createMessageIds(clock)
  const infos = () => connections.map(({ info }) => info)
  const changed = () => bus.emit({ type: 'connections', connections: infos() })
  const set = (next: readonly Connection[]) => {
    connections = next
    changed()
  }

  return {
    get connections() {
      return connections
    },
    infos,
    nextMessageId,
    changed,
    add(connection) {
      const { clientId } = connection.info
      const older = connections.filter(({ info }) => info.clientId === clientId && info.state === 'open')
      if (policy === 'displace') for (const it of older) it.end(1000, 'displaced by a newer connection')
      connection.socket.once('close', () => set(connections.filter(it => it !== connection)))
      set([...connections, connection])
    },
    async push(app, request) {
      const able = connections.filter(({ info }) => info.clientId === app.clientId && takes(info, request))
      const delivery = await able[Math.floor(random() * able.length)]?.push(request)
      return delivery?.delivered ? delivery : undelivered(delivery?.messageId ?? nextMessageId())
    },
  }
}

function undelivered(messageId: string): Delivery {
  return { messageId, delivered: false, connectionId: undefined, ack: Promise.resolve({ status: 'undelivered' }) }
}

function takes(info: ConnectionInfo, { type, topic }: PushRequest): boolean {
  if (info.state !== 'open') return false
  return type === 'SYSTEM' || info.subscriptions.some(subscription => covers(subscription, type, topic))
}

/** Only events know a wildcard; which of them come is chosen in the developer console. */
function covers(subscription: Subscription, type: string, topic: string): boolean {
  if (subscription.type !== type) return false
  return subscription.topic === topic || (type === 'EVENT' && subscription.topic === '*')
}
