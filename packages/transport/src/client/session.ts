import { setMaxListeners } from 'node:events'
import { DingTalkError } from '../errors/errors.ts'
import { createDeferred } from '../utils/deferred.ts'
import { type Backoff, createBackoff } from './backoff.ts'
import { type ConnectionLoop, runConnectionLoop } from './connection-loop.ts'
import { type ConnectorOptions, createConnector } from './connector.ts'
import { createDisplacementWatch, type Displacement } from './displacement.ts'
import { createFailurePolicy } from './failure-policy.ts'
import { createLinks } from './links.ts'
import type { Settings } from './options.ts'
import { createWaits } from './waits.ts'
import { watchWake } from './wake.ts'

/** Time for which a displacement by a sibling must look like one before it is acted upon, in milliseconds. */
const CONFIRMATION = 1_000

/** Parts and settings of a session. */
export interface SessionOptions extends ConnectorOptions {
  /** Called when the number of open sockets changed. */
  readonly onLinks: (open: number) => void
}

/** Life of a client from one `start()` to its `stop()`: all its connections, and all that keeps them. */
export interface Session {
  /** Resolves when the first socket is open; rejects when it cannot be. */
  readonly opened: Promise<void>
  /** Sockets open now. */
  readonly openLinks: number
  /** Ends everything: afterwards no timer, socket or request of this session is left. */
  readonly close: (timeout: number) => Promise<void>
}

/** Starts a connection loop for each of `connections`, and keeps them running until closed. */
export function openSession(context: SessionOptions): Session {
  const parts = createParts(context)
  const { controller, opened, links, waits, backoffs, connector } = parts
  const { logger } = context.settings

  const stopWatching = watchWake(ms => {
    logger.info('The machine slept; all connections are renewed.', { sleptMs: ms })
    for (const link of links) link.renew('the machine slept')
    // A wait for the next attempt was for a network of long ago.
    for (const backoff of backoffs) backoff.reset()
    waits.interrupt()
  }, context.options.wake)
  const loops = backoffs.map((backoff, index) => runConnectionLoop(loopOf(index, backoff, context, parts)))

  return {
    opened: opened.promise,
    get openLinks() {
      return links.size
    },
    async close(timeout) {
      // Loops first, so that no link is opened behind our back; a pending attempt is aborted.
      controller.abort()
      stopWatching()
      await links.settled(timeout)
      await links.close()
      await Promise.all(loops)
      await connector.close()
      opened.reject(stoppedError())
    },
  }
}

type Parts = ReturnType<typeof createParts>

/** Creates the parts that all connections of a session share. */
function createParts(context: SessionOptions) {
  const { options, settings, counters, onLinks } = context
  const { logger, drainTimeout, connections } = settings
  const { maxPayload } = settings.ws
  const controller = new AbortController()
  // Each connection loop listens, so Node's warning of a leak would be mistaken.
  setMaxListeners(0, controller.signal)
  return {
    controller,
    opened: createDeferred(),
    connector: createConnector(context),
    links: createLinks({ logger, counters, maxPayload, drainTimeout, onChange: onLinks }),
    waits: createWaits(controller.signal),
    policy: createFailurePolicy(logger, settings.cap),
    displacement: createDisplacementWatch(settings.stableAfter),
    backoffs: Array.from({ length: connections }, () => createBackoff(options.reconnect)),
  }
}

/** Puts the parts of one connection loop together. */
function loopOf(
  connection: number,
  backoff: Backoff,
  { settings, counters }: SessionOptions,
  parts: Parts,
): ConnectionLoop {
  const { controller, opened, connector, links, waits, policy, displacement } = parts
  const { signal } = controller
  let rotation: NodeJS.Timeout | undefined
  return {
    signal,
    backoff,
    wait: waits.wait,
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
      displacement.opened(connection, link)
      links.add(link)
      if (settings.rotateAfter) rotation = setTimeout(link.renew, settings.rotateAfter, 'planned rotation')
      opened.resolve()
    },
    async onEnd(link, end, lifetime) {
      clearTimeout(rotation)
      if (signal.aborted) return 0
      links.report(link, end, lifetime)
      const found = displacement.ended(connection, end, lifetime)
      if (found.kind === 'sibling') await waits.wait(CONFIRMATION)
      return delayAfter(found, settings)
    },
    retire: links.retire,
  }
}

/**
 * The milliseconds that a connection waits at least after a displacement: more each time, so that nobody fights for
 * ever.
 */
function delayAfter(found: Displacement, { logger, cap }: Settings): number {
  if (found.kind === 'none') return 0
  if (found.kind === 'sibling') {
    if (!found.holds()) return 0
    const retryInMs = cap * 20 * 2 ** Math.min(6, found.times - 1)
    logger.warn(
      'The platform closes one of our connections whenever another opens: one fewer is kept for some time. Set `connections` to 1.',
      { retryInMs },
    )
    return retryInMs
  }
  const retryInMs = cap * Math.min(10, 2 ** (found.times - 2))
  logger.warn(
    'The platform keeps closing this connection, as it does when another process connects with the same clientId. This one stands by; run one process per clientId, or use a second app.',
    { retryInMs },
  )
  return retryInMs
}

/** Makes the error of a `start()` that a `stop()` came before. */
export function stoppedError(): DingTalkError {
  return new DingTalkError('The client was stopped before its connection was open.', { code: 'ERR_STOPPED' })
}
