import type { Frame } from '../frame/frame.ts'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { type Counters, createCounters } from './counters.ts'
import { credentialOf, type StreamClientOptions, settingsOf } from './options.ts'
import { openSession, type Session } from './session.ts'

/**
 * - `idle`: not started
 * - `connecting`: never online since `start()`
 * - `online`: at least one socket is open
 * - `reconnecting`: was online, no socket is open
 * - `draining`: `stop()` waits for answers still owed
 * - `stopped`
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'reconnecting' | 'draining' | 'stopped'

export interface StreamStats extends Readonly<Counters> {
  readonly state: ConnectionState
  /** Sockets open now. */
  readonly connections: number
}

export interface StreamClient {
  readonly state: ConnectionState
  /**
   * Connects, and stays connected until `stop()` or until the signal aborts. Resolves when the first socket is open.
   *
   * @throws GatewayError at once for a missing or refused credential and invalid parameters, and after three answers
   *   `systemError`; everything else is retried.
   */
  readonly start: (options?: { readonly signal?: AbortSignal | undefined }) => Promise<void>
  /**
   * Disconnects. Waits up to `timeout` milliseconds (default 3,000) for frames that a handler has in hand; new ones
   * are left to the platform. May be called at any time and more than once.
   */
  readonly stop: (options?: { readonly timeout?: number | undefined }) => Promise<void>
  /** Calls `listener` at each change of state. Returns a function that removes it. */
  readonly onState: (listener: (state: ConnectionState) => void) => () => void
  /** Calls `listener` for each SYSTEM frame, after it was answered. Returns a function that removes it. */
  readonly onSystem: (listener: (frame: Frame) => void) => () => void
  readonly stats: () => StreamStats
}

/**
 * Creates a client of DingTalk's Stream mode: the socket alone, without a bot.
 *
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
  const counters = createCounters()
  const stateListeners = new Set<(state: ConnectionState) => void>()
  const systemListeners = new Set<(frame: Frame) => void>()
  let state: ConnectionState = 'idle'
  let session: Session | undefined
  let stopping: Promise<void> | undefined
  let release = (): void => {}

  const setState = (next: ConnectionState): void => {
    if (next === state) return
    state = next
    settings.logger.debug(`The connection is ${next}.`)
    for (const listener of stateListeners) guard(() => listener(next))
  }
  const guard = (call: () => void): void => {
    try {
      call()
    } catch (error) {
      settings.logger.error('A listener threw.', { error: error instanceof Error ? error.message : String(error) })
    }
  }
  const onLinks = (open: number): void => {
    if (state === 'draining' || state === 'stopped') return
    if (open > 0) setState('online')
    else if (state === 'online') setState('reconnecting')
  }
  const onFrame = (frame: StreamFrame): void => {
    if (state === 'draining') frame.refuse('the client is stopping')
    else if (isSubscribed(frame)) guard(() => options.onFrame(frame))
    else frame.respond({ code: 404, message: 'no handler for this topic' })
  }
  const isSubscribed = ({ type, topic }: StreamFrame): boolean => {
    const list = typeof options.subscriptions === 'function' ? options.subscriptions() : options.subscriptions
    // Events are chosen in the console; the topic of an EVENT frame is `*` or, in older samples, `dingTalk`.
    return list.some(item => item.type === type && (type === 'EVENT' || item.topic === topic))
  }

  const stop = async (timeout: number): Promise<void> => {
    const current = session
    if (!current) return setState('stopped')
    setState('draining')
    release()
    await current.close(timeout)
    session = undefined
    setState('stopped')
  }

  const client: StreamClient = {
    get state() {
      return state
    },
    async start({ signal } = {}) {
      if (stopping) await stopping
      if (session) return session.opened
      signal?.throwIfAborted()
      const credential = credentialOf(options)
      setState('connecting')
      const context = { options, settings, credential, counters, onFrame, onLinks }
      const onSystem = (frame: Frame): void => {
        for (const listener of systemListeners) guard(() => listener(frame))
      }
      const current = openSession({ ...context, onSystem })
      session = current
      const onAbort = (): void => void client.stop()
      signal?.addEventListener('abort', onAbort, { once: true })
      release = () => signal?.removeEventListener('abort', onAbort)
      try {
        await current.opened
      } catch (error) {
        await client.stop()
        throw signal?.aborted ? signal.reason : error
      }
    },
    stop({ timeout = 3_000 } = {}) {
      stopping ??= stop(timeout).finally(() => {
        stopping = undefined
      })
      return stopping
    },
    onState: listener => subscribe(stateListeners, listener),
    onSystem: listener => subscribe(systemListeners, listener),
    stats: () => ({ ...counters, state, connections: session?.openLinks ?? 0 }),
  }
  return client
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
