import { type ConnectionState, type DingTalkError, harmlessly, logThrown, type StreamStats } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import { STUB, type Stubbable } from '../api/stub.ts'
import { checkFunction } from '../composer/check-handlers.ts'
import { type Composer, createComposer } from '../composer/composer.ts'
import type { Plugin } from '../composer/plugin/plugin.ts'
import type { Mountable } from '../composer/state.ts'
import type { Context } from '../context/context.ts'
import type { IntakeStats } from '../intake/intake.ts'
import type { ErrorHandler } from '../intake/reports.ts'
import type { Reply, Update } from '../updates/update.ts'
import type { Hook, StopHook } from './chain.ts'
import { checkBotOptions } from './check-options.ts'
import { createConnection } from './connection.ts'
import { HANDLE, type Handle, LOG, type Logging } from './handle.ts'
import type { StartOptions, StopOptions } from './lifecycle.ts'
import type { BotOptions } from './options.ts'
import { createParts, type Parts } from './parts.ts'

/** Statistics of a bot (`bot.stats()`). */
export interface BotStats extends IntakeStats {
  /** State of the connection. */
  readonly state: ConnectionState
  /** Counters of the connection; missing before the first start. */
  readonly connection?: StreamStats | undefined
}

/** DingTalk bot: a {@link Composer} for handlers, with a connection, an API client and a life cycle. */
export interface Bot<C extends Context = Context> extends Composer<C>, Life<C> {
  use(...middleware: Mountable<C>[]): this
  use<A extends object>(plugin: Plugin<A, C>): Bot<C & A>
  derive<A extends object>(fn: (ctx: C) => A | Promise<A>): Bot<C & A>
}

/** Methods of a bot besides those of its composer. */
interface Life<C extends Context> extends AsyncDisposable, Stubbable, Logging {
  /**
   * Registers a hook that runs before the bot connects, and is awaited. If it throws, `start()` does.
   *
   * @example
   * bot.onStart(() => db.connect())
   */
  onStart(hook: Hook): this
  /**
   * Registers a hook that runs when the bot has stopped and its handlers have ended. It is awaited until the time limit
   * of `stop()`, when its signal aborts.
   *
   * @example
   * bot.onStop(() => db.close())
   */
  onStop(hook: StopHook): this
  /**
   * Registers a listener for changes of the connection's state.
   *
   * @example
   * bot.onState(state => console.log(state))
   */
  onState(listener: (state: ConnectionState) => void): this
  /** Client for DingTalk's APIs; in handlers also `ctx.api`. */
  readonly api: Api
  /** State of the connection: `idle`, `connecting`, `online`, `reconnecting`, `draining` or `stopped`. */
  readonly state: ConnectionState
  /**
   * Sets the handler for errors that handlers throw. Without one they are logged. The bot goes on running in any case.
   *
   * @example
   * bot.catch(error => error.ctx.replyText('出错了，请稍后再试'))
   */
  catch(handler: ErrorHandler<C>): this
  /**
   * Connects. Resolves when the connection is open; the bot then stays connected until `stop()`, or until the signal
   * aborts. In a program, `run(bot)` is simpler.
   *
   * @throws GatewayError if credentials are missing or refused, or if one endpoint is private and the other is not set;
   * its message says what to check.
   * @throws DingTalkError `ERR_STOPPED` if `stop()` was called meanwhile; the signal's reason; whatever an `onStart`
   * hook throws.
   * @example
   * await bot.start()
   */
  start(options?: StartOptions): Promise<void>
  /**
   * Stops: takes no more updates, waits for running handlers and `ctx.waitUntil`, aborts `ctx.signal` after `timeout`
   * milliseconds (default 10,000), then disconnects. Never rejects. May be called more than once; `start()` works again
   * afterwards.
   *
   * @example
   * await bot.stop({ timeout: 30_000 })
   */
  stop(options?: StopOptions): Promise<void>
  /**
   * Runs an update through the middleware chain, and resolves to the answer when its handlers have ended. For tests,
   * replays and other transports; see `createUpdate`.
   *
   * @example
   * await bot.handle(createUpdate(TOPICS.chatbot, payload))
   */
  handle(update: Update): Promise<Reply>
  /** Returns counters of updates, handlers and the connection, for monitoring. */
  stats(): BotStats
  readonly [HANDLE]: Handle
}

/** Answer to an update that was not handled, because too many were waiting or the bot stopped. */
const UNANSWERED: Reply = { code: 503, message: 'not handled', data: { response: null } }

/**
 * Creates a bot. Credentials default to `DINGTALK_CLIENT_ID` and `DINGTALK_CLIENT_SECRET`, which are read at the start,
 * so that tests need none. Register all handlers before `start()`: subscriptions are fixed for the life of the
 * connection.
 *
 * @throws TypeError for an option of the wrong type, out of range, or misspelt.
 * @example
 * const bot = createBot()
 * bot.on('chatbot:text', ctx => ctx.replyText(`你说：${ctx.text}`))
 * await bot.start()
 */
export function createBot<C extends Context = Context>(options: BotOptions = {}): Bot<C> {
  checkBotOptions(options)
  const composer = createComposer<C>()
  return Object.defineProperties(composer, Object.getOwnPropertyDescriptors(createLife(composer, options))) as Bot<C>
}

function createLife<C extends Context>(composer: Composer<C>, options: BotOptions): Life<C> {
  const parts = createParts(composer['~state'], options)
  const { engine, logger } = parts
  const { api } = parts.platform
  const connection = createConnection(parts)
  const { client } = connection

  const handle = createHandle(parts)

  return {
    api,
    get state() {
      return connection.state
    },
    onStart(hook) {
      checkFunction('The hook of onStart()', hook)
      parts.startHooks.push(hook)
      return this
    },
    onStop(hook) {
      checkFunction('The hook of onStop()', hook)
      parts.stopHooks.push(hook)
      return this
    },
    onState(listener) {
      checkFunction('The listener of onState()', listener)
      client.onState(state => harmlessly(() => listener(state), logThrown(logger, 'A listener of onState')))
      return this
    },
    catch(handler) {
      checkFunction('The handler of catch()', handler)
      parts.onError = handler
      return this
    },
    start: connection.start,
    stop: connection.stop,
    handle: async update => (await handle(update)).reply,
    [HANDLE]: handle,
    [LOG]: logger,
    [STUB]: stub => api[STUB](stub),
    stats: () => ({ ...engine.intake.stats(), state: connection.state, connection: client.stats() }),
    [Symbol.asyncDispose]: connection.stop,
  }
}

function createHandle<C extends Context>({ chain, engine }: Parts<C>): Handle {
  return async (update, onReply) => {
    // Composed now, so that the error of a plugin that cannot be installed reaches the caller.
    chain()
    let answer = UNANSWERED
    const respond = (reply: Reply): void => {
      answer = reply
      onReply?.(reply)
    }
    const error = await new Promise<DingTalkError | undefined>(done => engine.intake.accept(update, { respond }, done))
    return { reply: answer, error }
  }
}
