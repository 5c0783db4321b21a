import type { Frame } from '../frame/frame.ts'
import { type Counters, createCounters } from './counters.ts'
import { createFrameRouter } from './frame-router.ts'
import { createLifecycle, STOP_TIMEOUT } from './lifecycle.ts'
import { createListeners } from './listeners.ts'
import { credentialOf, type StreamClientOptions, settingsOf } from './options.ts'
import { openSession, stoppedError } from './session.ts'
import { type ConnectionState, createStates } from './states.ts'

export type { ConnectionState }

/** Numbers of a client: its state now, and counts since it was created. */
export interface StreamStats extends Readonly<Counters> {
  /** State now. */
  readonly state: ConnectionState
  /** Sockets open now. */
  readonly connections: number
}

/** Client of DingTalk's Stream mode: keeps its connections open from `start()` to `stop()`. */
export interface StreamClient {
  /** State now. */
  readonly state: ConnectionState
  /**
   * Connects, and stays connected until `stop()` or until the signal aborts. Resolves when the first socket is open.
   *
   * @throws GatewayError at once for a missing or refused credential and invalid parameters, and after three answers
   *   `systemError`; DingTalkError (`ERR_STOPPED`) when `stop()` comes first; the signal's reason. Other failures are
   *   retried for as long as it takes.
   */
  readonly start: (options?: { readonly signal?: AbortSignal | undefined }) => Promise<void>
  /**
   * Disconnects. Waits up to `timeout` milliseconds (default 3,000) for pending answers: those of frames that a
   * handler has in hand. New frames are refused meanwhile. May be called at any time and more than once.
   */
  readonly stop: (options?: { readonly timeout?: number | undefined }) => Promise<void>
  /** Calls `listener` at each change of state. Returns a function that removes it. */
  readonly onState: (listener: (state: ConnectionState) => void) => () => void
  /** Calls `listener` for each SYSTEM frame, after it was answered. Returns a function that removes it. */
  readonly onSystem: (listener: (frame: Frame) => void) => () => void
  /** Gives the numbers of this moment. */
  readonly stats: () => StreamStats
}

/**
 * Creates a client of DingTalk's Stream mode: the socket alone, without a bot. Nothing is opened before `start()`.
 *
 * Hint: a frame that nobody answers stays unanswered. {@link answering} makes an `onFrame` that answers for you.
 *
 * @throws TypeError for options that cannot be; RangeError for a `ua` that is no ASCII.
 * @example
 * const client = createStreamClient({
 *   subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }],
 *   onFrame: frame => {
 *     frame.respond()
 *     console.log(frame.data)
 *   },
 * })
 * await client.start()
 */
export function createStreamClient(options: StreamClientOptions): StreamClient {
  const settings = settingsOf(options)
  const { logger } = settings
  const counters = createCounters()
  const states = createStates(logger)
  const systems = createListeners<Frame>(logger)
  const onFrame = createFrameRouter(options, logger, () => states.now === 'draining')
  const wires = { onFrame, onSystem: systems.emit, onLinks: states.follow }

  const lifecycle = createLifecycle(states, isWanted => {
    const credential = credentialOf(options)
    states.set('connecting')
    // A listener may have stopped the client.
    if (!isWanted()) throw stoppedError()
    return openSession({ options, settings, credential, counters, ...wires })
  })

  return {
    get state() {
      return states.now
    },
    start: ({ signal } = {}) => lifecycle.start(signal),
    stop: ({ timeout = STOP_TIMEOUT } = {}) => lifecycle.stop(timeout),
    onState: states.add,
    onSystem: systems.add,
    stats: () => ({ ...counters, state: states.now, connections: lifecycle.openLinks }),
  }
}
