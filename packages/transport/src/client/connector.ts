import { tracingChannel } from 'node:diagnostics_channel'
import type { Frame } from '../frame/frame.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { openConnection } from '../gateway/gateway.ts'
import { createHttpClient } from '../http/http.ts'
import { type Link, openLink } from '../link/link.ts'
import { createNetwork } from '../network/network.ts'
import type { Counters } from './counters.ts'
import type { Credential, Settings, StreamClientOptions } from './options.ts'

const attempts = tracingChannel('dingware.connection')

/** Parts and settings of a connector. */
export interface ConnectorOptions {
  readonly options: StreamClientOptions
  readonly settings: Settings
  readonly credential: Credential
  readonly counters: Counters
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
}

/** Opener of links. */
export interface Connector {
  /** Makes one attempt: gateway call, then handshake, each time with a fresh ticket. */
  readonly open: (signal: AbortSignal) => Promise<Link>
  readonly close: () => Promise<void>
}

/** Creates a connector with its pools, which it closes again unless they were handed in. */
export function createConnector({
  options,
  settings,
  credential,
  counters,
  onFrame,
  onSystem,
}: ConnectorOptions): Connector {
  const network = options.network ?? createNetwork(options)
  const http = options.http ?? createHttpClient({ network, ua: settings.ua })
  const { subscriptions, heartbeat = {}, localIp } = options
  const { endpoint, ua, gatewayTimeout, handshakeTimeout, ws, logger } = settings

  const open = async (signal: AbortSignal): Promise<Link> => {
    const request = {
      ...credential,
      endpoint,
      subscriptions: typeof subscriptions === 'function' ? subscriptions() : subscriptions,
      ua,
      localIp,
      timeout: gatewayTimeout,
      signal,
    }
    const ticket = await openConnection(http, request)
    const agent = network.agentFor(ticket.url)
    return openLink({ ticket, agent, ws, handshakeTimeout, heartbeat, logger, counters, onFrame, onSystem }, signal)
  }

  return {
    open: signal => attempts.tracePromise(open, {}, undefined, signal),
    async close() {
      // A network that was handed in belongs to somebody else.
      if (!options.network) await network.close()
    },
  }
}
