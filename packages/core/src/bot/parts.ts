import { createLogger, type Logger } from '@dingware/transport'
import type { State } from '../composer/state.ts'
import type { Context } from '../context/context.ts'
import { conversationKeyBy } from '../context/conversation-key.ts'
import { createEngine, type Engine } from '../intake/engine.ts'
import type { ErrorHandler } from '../intake/reports.ts'
import { memoryStore } from '../store/memory-store.ts'
import { scopedStore } from '../store/scoped-store.ts'
import { createShared } from '../store/shared.ts'
import { createLookUp } from '../updates/callback/look-up.ts'
import { type Chain, createChain, type Hook, type StopHook } from './chain.ts'
import { type BotOptions, clientIdOf } from './options.ts'
import { createOtherInstances, type OtherInstances } from './other-instances.ts'
import { createPlatform, type Platform } from './platform.ts'
import { safeLogger } from './safe-logger.ts'

/** Parts of a bot, without its connection. */
export interface Parts<C extends Context> {
  readonly options: BotOptions
  readonly logger: Logger
  readonly platform: Platform
  readonly engine: Engine<C>
  /** Composes the middleware at the first call. @throws Error if a plugin cannot be installed. */
  readonly chain: () => Chain<C>
  /** The same, if it has been composed. */
  readonly assembled: Chain<C> | undefined
  /** Tracking of the bot's other instances; only with a store that may be shared. */
  readonly otherInstances: OtherInstances | undefined
  readonly startHooks: Hook[]
  readonly stopHooks: StopHook[]
  onError?: ErrorHandler<C>
}

export function createParts<C extends Context>(root: State<C>, given: BotOptions): Parts<C> {
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
  const otherInstances = options.store && createOtherInstances({ store, options, logger, isAlone })
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
    services: {
      logger,
      store,
      shared,
      commandPrefix: options.commandPrefix,
      conversationKey,
      answerClick: platform.clicks.answer,
      ...platform,
    },
    onError: () => parts.onError,
    admission: () => assembled?.admission ?? otherInstances?.admission,
    lookUp: createLookUp(platform.cards),
    onExchange: platform.clicks.open,
  })
  const parts: Parts<C> = {
    options,
    logger,
    platform: { network, http, endpoints, ...platform },
    engine,
    chain,
    get assembled() {
      return assembled
    },
    otherInstances,
    startHooks: [],
    stopHooks: [],
  }
  return parts
}

/**
 * Prefix of the bot's keys, since several bots may use one store: its clientId, which may come from the environment
 * later.
 */
function prefixOf(options: BotOptions): string {
  const name = clientIdOf(options) ?? options.robotCode
  return name ? `${name}:` : ''
}
