import { createLogger, type Logger } from '@dingware/transport'
import type { State } from '../composer/state.ts'
import type { Context } from '../context/context.ts'
import { createEngine, type Engine, type ErrorHandler } from '../intake/engine.ts'
import { conversationKeyBy } from '../intake/wait/keys.ts'
import { memoryStore } from '../store/memory-store.ts'
import { scopedStore } from '../store/scoped-store.ts'
import { createShared } from '../store/shared.ts'
import { type Chain, createChain, type Hook, type StopHook } from './chain.ts'
import { createNeighbours, type Neighbours } from './neighbours.ts'
import { type BotOptions, clientIdOf } from './options.ts'
import { createPlatform, type Platform } from './platform.ts'
import { safeLogger } from './safe-logger.ts'

/** Parts of a bot, without its connection. */
export interface Inner<C extends Context> {
  readonly options: BotOptions
  readonly logger: Logger
  readonly platform: Platform
  readonly engine: Engine<C>
  /** Composes the middleware at the first call. @throws Error if a plugin cannot be installed. */
  readonly chain: () => Chain<C>
  /** The same, if it has been composed. */
  readonly assembled: Chain<C> | undefined
  /** Tracking of the bot's other instances; only with a store that may be shared. */
  readonly neighbours: Neighbours | undefined
  readonly startHooks: Hook[]
  readonly stopHooks: StopHook[]
  onError?: ErrorHandler<C>
}

export function createInner<C extends Context>(root: State<C>, given: BotOptions): Inner<C> {
  // An error of the logger must not interrupt what is being logged.
  const options = { ...given, logger: given.logger && safeLogger(given.logger) }
  const logger = options.logger ?? createLogger('core')
  const store = scopedStore(options.store ?? memoryStore(), () => prefixOf(options))
  // Only a store that was given can be shared; the default one is in memory.
  const shared = options.store && createShared(store, logger)
  const { network, http, endpoints, ...platform } = createPlatform(options, logger, store, shared)
  const { api } = platform
  const clientId = (): string => options.clientId ?? (process.env.DINGTALK_CLIENT_ID || 'bot')
  const conversationKey = conversationKeyBy(options.conversationKey)
  const isAlone = (): boolean => assembled?.admission?.isShared !== true
  const neighbours = options.store && createNeighbours({ store, options, logger, isAlone })
  let assembled: Chain<C> | undefined

  const chain = (): Chain<C> => {
    assembled ??= createChain(root, {
      topics: options.topics ?? [],
      api,
      store,
      logger,
      pluginLogger: name => options.logger ?? createLogger(name),
      robotCode: platform.robotCode,
      wait: engine.wait,
      run: engine.intake.run,
      conversationKey: engine.conversationKey,
      clientId,
    })
    return assembled
  }
  const engine = createEngine<C>({
    options,
    logger,
    chain,
    services: { logger, store, shared, commandPrefix: options.commandPrefix, conversationKey, ...platform },
    onError: () => inner.onError,
    admission: () => assembled?.admission ?? neighbours?.admission,
    onExchange: platform.windows.open,
  })
  const inner: Inner<C> = {
    options,
    logger,
    platform: { network, http, endpoints, ...platform },
    engine,
    chain,
    get assembled() {
      return assembled
    },
    neighbours,
    startHooks: [],
    stopHooks: [],
  }
  return inner
}

/**
 * Prefix of the bot's keys, since several bots may use one store: its clientId, which may come from the environment
 * later.
 */
function prefixOf(options: BotOptions): string {
  const name = clientIdOf(options) ?? options.robotCode
  return name ? `${name}:` : ''
}
