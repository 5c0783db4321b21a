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

/** What a bot is made of, without its connection. */
export interface Parts<C extends Context> {
  readonly options: BotOptions
  readonly logger: Logger
  readonly platform: Platform
  readonly engine: Engine<C>
  /** What is mounted, put together when first asked for. @throws Error when a plugin cannot be installed. */
  readonly chain: () => Chain<C>
  /** The same, if somebody has asked for it. */
  readonly assembled: Chain<C> | undefined
  /** The other instances; known by a store that is shared. */
  readonly otherInstances: OtherInstances | undefined
  readonly startHooks: Hook[]
  readonly stopHooks: StopHook[]
  onError?: ErrorHandler<C>
}

export function createParts<C extends Context>(root: State<C>, given: BotOptions): Parts<C> {
  // What a logger throws must not end what was about to be logged.
  const options = { ...given, logger: given.logger && safeLogger(given.logger) }
  const logger = options.logger ?? createLogger('core')
  const store = scopedStore(options.store ?? memoryStore(), () => prefixOf(options))
  // What nobody else can reach is not worth asking a store for.
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

/** Several bots may use one store: the keys of each begin with its clientId, which may come from the environment later. */
function prefixOf(options: BotOptions): string {
  const name = clientIdOf(options) ?? options.robotCode
  return name ? `${name}:` : ''
}
