import { channel, tracingChannel } from 'node:diagnostics_channel'
import { createDeferred } from '../deferred/deferred.ts'
import { DingTalkError } from '../errors/errors.ts'
import type { Frame } from '../frame/frame.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { openConnection } from '../gateway/gateway.ts'
import { createHttpClient } from '../http/http.ts'
import { type Link, type LinkEnd, openLink } from '../link/link.ts'
import { createNetwork } from '../network/network.ts'
import { createBackoff } from './backoff.ts'
import type { Counters } from './counters.ts'
import { createDisplacementWatch } from './displacement.ts'
import { createFailurePolicy } from './failure-policy.ts'
import type { Credential, Settings, StreamClientOptions } from './options.ts'
import { keepSeat } from './seat.ts'
import { watchWake } from './wake.ts'

/** For machines: the life of each connection. Fields hold no secrets. */
const events = channel('dingware.connection')
const attempts = tracingChannel('dingware.connection')

export interface SessionOptions {
  readonly options: StreamClientOptions
  readonly settings: Settings
  readonly credential: Credential
  readonly counters: Counters
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
  /** The number of open sockets changed. */
  readonly onLinks: (open: number) => void
}

/** The time from one `start()` to its `stop()`. */
export interface Session {
  /** Resolves when the first socket is open; rejects when it cannot be. */
  readonly opened: Promise<void>
  readonly openLinks: number
  /** Ends everything: afterwards no timer, socket or request of this session is left. */
  readonly close: (timeout: number) => Promise<void>
}

/** Opens the seats and keeps them until closed. */
export function openSession(context: SessionOptions): Session {
  const { options, settings, counters } = context
  const { logger } = settings
  const controller = new AbortController()
  const { signal } = controller
  const opened = createDeferred()
  const links = new Set<Link>()
  const policy = createFailurePolicy(logger)
  const displacement = createDisplacementWatch(settings.stableAfter)
  const connect = createConnector(context)
  const stopWatching = watchWake(ms => {
    logger.info('The machine slept; all connections are renewed.', { sleptMs: ms })
    for (const link of links) link.renew('the machine slept')
  }, options.wake)

  const seat = (index: number): Promise<void> => {
    let rotation: NodeJS.Timeout | undefined
    return keepSeat({
      signal,
      backoff: createBackoff(options.reconnect),
      connect: connect.open,
      onFailure(error, delay) {
        counters.connectFailures++
        const decision = policy.failed(error, delay)
        if ('delay' in decision) return decision.delay
        opened.reject(decision.fatal)
        controller.abort(decision.fatal)
        return 0
      },
      onOpen(link) {
        counters.connects++
        policy.succeeded()
        displacement.opened(index)
        track(link)
        if (options.rotateAfter) rotation = setTimeout(link.renew, options.rotateAfter, 'planned rotation')
        opened.resolve()
      },
      onEnd(link, end, lifetime) {
        clearTimeout(rotation)
        report(link, end, lifetime)
        if (signal.aborted) return 0
        const verdict = displacement.ended(index, end, lifetime)
        if (verdict === 'none') return 0
        return verdict === 'sibling' ? leaveSeat() : standBy()
      },
      retire: link => void retire(link),
    })
  }

  const track = (link: Link): void => {
    links.add(link)
    context.onLinks(links.size)
    if (events.hasSubscribers) events.publish({ type: 'open', open: links.size })
    void link.closed.then(() => {
      links.delete(link)
      if (events.hasSubscribers) events.publish({ type: 'close', open: links.size })
      context.onLinks(links.size)
    })
  }

  const report = (link: Link, end: LinkEnd, lifetime: number): void => {
    const dropped = end.reason === 'closed' && !signal.aborted
    if (dropped) counters.drops++
    const fields = { reason: end.reason, detail: end.detail, livedMs: Math.round(lifetime), stillOpen: link.isOpen }
    if (end.reason === 'closed' && end.code === 1009) connect.warnOversized()
    if (dropped) logger.info('A connection was lost; a new one is opened.', fields)
    else logger.debug('A connection is replaced.', fields)
    if (events.hasSubscribers) events.publish({ type: 'end', ...fields })
  }

  const leaveSeat = (): 'leave' => {
    logger.warn('The platform closes one of our connections whenever another opens: one fewer is kept from now on.')
    return 'leave'
  }

  const standBy = (): number => {
    const delay = settings.cap * 2
    logger.warn(
      'The platform keeps closing this connection, as it does when another process connects with the same clientId. This one stands by; run one process per clientId, or use a second app.',
      { retryInMs: delay },
    )
    return delay
  }

  const retire = async (link: Link): Promise<void> => {
    await link.settled(settings.drainTimeout)
    await link.close()
  }

  const seats = Promise.all(Array.from({ length: settings.connections }, (_, index) => seat(index)))

  return {
    opened: opened.promise,
    get openLinks() {
      return links.size
    },
    async close(timeout) {
      // Seats first, so that no link is opened behind our back; a pending attempt is aborted.
      const wait = Promise.all([...links].map(link => link.settled(timeout)))
      controller.abort()
      stopWatching()
      await wait
      await Promise.all([...links].map(link => link.close()))
      await seats
      await connect.close()
      opened.reject(
        new DingTalkError('The client was stopped before its connection was open.', { code: 'ERR_STOPPED' }),
      )
    },
  }
}

interface Connector {
  readonly open: (signal: AbortSignal) => Promise<Link>
  readonly warnOversized: () => void
  readonly close: () => Promise<void>
}

/** One attempt: gateway call, then handshake, each with a fresh ticket. */
function createConnector({ options, settings, credential, counters, onFrame, onSystem }: SessionOptions): Connector {
  const network = options.network ?? createNetwork(options)
  const http = options.http ?? createHttpClient({ network, ua: settings.ua })
  const { subscriptions, heartbeat = {} } = options
  let warned = false

  const open = async (signal: AbortSignal): Promise<Link> => {
    const request = {
      ...credential,
      endpoint: settings.endpoint,
      subscriptions: typeof subscriptions === 'function' ? subscriptions() : subscriptions,
      ua: settings.ua,
      localIp: options.localIp,
      timeout: settings.gatewayTimeout,
      signal,
    }
    const ticket = await openConnection(http, request)
    const agent = network.agentFor(ticket.url)
    const { ws, logger } = settings
    return openLink({ ticket, agent, ws, heartbeat, logger, counters, onFrame, onSystem }, signal)
  }

  return {
    open: signal => attempts.tracePromise(open, {}, undefined, signal),
    warnOversized() {
      if (warned) return
      warned = true
      const { maxPayload } = settings.ws
      settings.logger.warn('A frame was larger than maxPayload; its socket was closed and opened anew.', { maxPayload })
    },
    close: async () => {
      if (!options.network) await network.close()
    },
  }
}
