import { setMaxListeners } from 'node:events'
import { DingTalkError } from '../errors/errors.ts'
import { createDeferred } from '../utils/deferred.ts'
import { type Backoff, createBackoff } from './backoff.ts'
import { type ConnectorOptions, createConnector } from './connector.ts'
import { createDisplacementWatch, type Verdict } from './displacement.ts'
import { createFailurePolicy } from './failure-policy.ts'
import { createLinks } from './links.ts'
import { createNaps } from './nap.ts'
import type { Settings } from './options.ts'
import { keepSeat, type SeatOptions } from './seat.ts'
import { watchWake } from './wake.ts'

/** How long a suspicion must last before a seat stands back for it, in milliseconds. */
const SECOND_LOOK = 1_000

export interface SessionOptions extends ConnectorOptions {
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
  const parts = createParts(context)
  const { controller, opened, links, naps, backoffs, connector } = parts
  const { logger } = context.settings

  const stopWatching = watchWake(ms => {
    logger.info('The machine slept; all connections are renewed.', { sleptMs: ms })
    for (const link of links) link.renew('the machine slept')
    // Who was waiting for the next attempt waited for a network of long ago.
    for (const backoff of backoffs) backoff.reset()
    naps.wake()
  }, context.options.wake)
  const seats = backoffs.map((backoff, index) => keepSeat(seatOptions(index, backoff, context, parts)))

  return {
    opened: opened.promise,
    get openLinks() {
      return links.size
    },
    async close(timeout) {
      // Seats first, so that no link is opened behind our back; a pending attempt is aborted.
      controller.abort()
      stopWatching()
      await links.settled(timeout)
      await links.close()
      await Promise.all(seats)
      await connector.close()
      opened.reject(stoppedError())
    },
  }
}

type Parts = ReturnType<typeof createParts>

/** What the seats share. */
function createParts(context: SessionOptions) {
  const { options, settings, counters, onLinks } = context
  const { logger, drainTimeout, connections } = settings
  const { maxPayload } = settings.ws
  const controller = new AbortController()
  // Each seat listens, so Node's warning of a leak would be mistaken.
  setMaxListeners(0, controller.signal)
  return {
    controller,
    opened: createDeferred(),
    connector: createConnector(context),
    links: createLinks({ logger, counters, maxPayload, drainTimeout, onChange: onLinks }),
    naps: createNaps(controller.signal),
    policy: createFailurePolicy(logger, settings.cap),
    displacement: createDisplacementWatch(settings.stableAfter),
    backoffs: Array.from({ length: connections }, () => createBackoff(options.reconnect)),
  }
}

function seatOptions(
  seat: number,
  backoff: Backoff,
  { settings, counters }: SessionOptions,
  parts: Parts,
): SeatOptions {
  const { controller, opened, connector, links, naps, policy, displacement } = parts
  const { signal } = controller
  let rotation: NodeJS.Timeout | undefined
  return {
    signal,
    backoff,
    wait: naps.wait,
    connect: connector.open,
    onFailure(error, delay) {
      counters.connectFailures++
      const decision = policy.failed(error, delay)
      if ('delay' in decision) return decision.delay
      opened.reject(decision.fatal)
      controller.abort(decision.fatal)
      return 0
    },
    onOpen(link) {
      policy.succeeded()
      displacement.opened(seat, link)
      links.add(link)
      if (settings.rotateAfter) rotation = setTimeout(link.renew, settings.rotateAfter, 'planned rotation')
      opened.resolve()
    },
    async onEnd(link, end, lifetime) {
      clearTimeout(rotation)
      if (signal.aborted) return 0
      links.report(link, end, lifetime)
      const verdict = displacement.ended(seat, end, lifetime)
      if (verdict.kind === 'sibling') await naps.wait(SECOND_LOOK)
      return delayAfter(verdict, settings)
    },
    retire: links.retire,
  }
}

/** The milliseconds that a seat waits at least after a displacement: more each time, so that nobody fights for ever. */
function delayAfter(verdict: Verdict, { logger, cap }: Settings): number {
  if (verdict.kind === 'none') return 0
  if (verdict.kind === 'sibling') {
    if (!verdict.holds()) return 0
    const retryInMs = cap * 20 * 2 ** Math.min(6, verdict.times - 1)
    logger.warn(
      'The platform closes one of our connections whenever another opens: one fewer is kept for some time. Set `connections` to 1.',
      { retryInMs },
    )
    return retryInMs
  }
  const retryInMs = cap * Math.min(10, 2 ** (verdict.times - 2))
  logger.warn(
    'The platform keeps closing this connection, as it does when another process connects with the same clientId. This one stands by; run one process per clientId, or use a second app.',
    { retryInMs },
  )
  return retryInMs
}

export function stoppedError(): DingTalkError {
  return new DingTalkError('The client was stopped before its connection was open.', { code: 'ERR_STOPPED' })
}
