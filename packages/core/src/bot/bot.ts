import { type ConnectionState, harmlessly, logThrown, type StreamStats } from '@dingware/transport'
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

export interface BotStats extends IntakeStats {
  readonly state: ConnectionState
  /** Counters of the connection; missing before the first start. */
  readonly connection?: StreamStats | undefined
}

/** A bot: a composer with a connection. */
export interface Bot<C extends Context = Context> extends Composer<C>, Life<C> {
  use(...middleware: Mountable<C>[]): this
  use<A extends object>(plugin: Plugin<A, C>): Bot<C & A>
  derive<A extends object>(fn: (ctx: C) => A | Promise<A>): Bot<C & A>
}

/** What a bot has besides its middleware. */
interface Life<C extends Context> extends AsyncDisposable, Stubbable, Logging {
  /** Runs before the bot connects, and is awaited: what it throws, `start()` throws. */
  onStart(hook: Hook): this
  /** Runs when the bot has stopped and its handlers have ended; is awaited until stop()'s time is over, when its signal aborts. */
  onStop(hook: StopHook): this
  /** Told about each change of the connection's state. */
  onState(listener: (state: ConnectionState) => void): this
  readonly api: Api
  readonly state: ConnectionState
  /** Handles what handlers throw. Without it, errors are logged. The bot runs on either way. */
  catch(handler: ErrorHandler<C>): this
  /**
   * Connects. Resolves when the socket is open; from then on the bot stays connected until `stop()` or the signal.
   *
   * @throws GatewayError for a missing or refused credential, and for one private endpoint without the other: the message
   *   says what to check.
   */
  start(options?: StartOptions): Promise<void>
  /**
   * Takes no more updates, waits for running handlers and `ctx.waitUntil`, aborts `ctx.signal` after `timeout`
   * milliseconds (default 10,000), then disconnects. Never rejects; safe to call twice, and `start()` works again.
   */
  stop(options?: StopOptions): Promise<void>
  /**
   * Feeds one update through the chain, and resolves to what is answered once its handlers have ended: for tests,
   * replays, other transports.
   */
  handle(update: Update): Promise<Reply>
  stats(): BotStats
  readonly [HANDLE]: Handle
}

/** What an update gets that nobody answered, because too much is waiting or the bot stopped. */
const UNANSWERED: Reply = { code: 503, message: 'not handled', data: { response: null } }

/**
 * Creates a bot. Reads `DINGTALK_CLIENT_ID` and `DINGTALK_CLIENT_SECRET` when it starts; never throws for want of them.
 *
 * @throws TypeError for an option that is of the wrong type, out of range, or misspelt.
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
    // What is mounted is put together now: a plugin that cannot be installed is a mistake of the caller's.
    chain()
    let answer = UNANSWERED
    const send = (reply: Reply): void => {
      answer = reply
      onReply?.(reply)
    }
    const error = await engine.intake.accept(update, { send })
    return { reply: answer, error }
  }
}
