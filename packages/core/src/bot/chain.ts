import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import type { Wait } from '../composer/plugin/plugin.ts'
import { type Blueprint, blueprintOf, type State } from '../composer/state.ts'
import type { Context } from '../context/context.ts'
import { UpdateContext } from '../context/update-context.ts'
import type { Admission, RunKept } from '../intake/admission/admission.ts'
import type { Store } from '../store/store.ts'
import type { Update } from '../updates/update.ts'

/** Composed middleware of a bot, with the additions of its plugins. */
export interface Chain<C extends Context> {
  readonly run: (ctx: C) => Promise<void>
  readonly topics: readonly string[]
  /** Ids of buttons for which handlers are registered. */
  readonly actions: ReadonlySet<string>
  /** The bot's own subclass of the context, whose prototype its plugins have extended. */
  readonly ContextOfBot: typeof UpdateContext
  readonly onStart: readonly Hook[]
  readonly onStop: readonly StopHook[]
  /** Hook for updates before they are answered and run. */
  readonly admission: Admission | undefined
}

export type Hook = () => unknown

/** @param signal aborts when the time limit of `stop()` is over */
export type StopHook = (signal: AbortSignal) => unknown

export interface ChainOptions {
  readonly topics: readonly string[]
  readonly api: Api
  readonly store: Store
  readonly logger: Logger
  /** Creates the logger of a plugin. */
  readonly pluginLogger: (name: string) => Logger
  readonly robotCode: () => string
  readonly wait: Wait
  readonly run: RunKept
  readonly conversationKey: (update: Update) => string | undefined
  readonly clientId: () => string
}

/** Composes the bot's middleware, and installs its plugins. */
export function createChain<C extends Context>(root: State<C>, options: ChainOptions): Chain<C> {
  const { topics, api, store, logger, pluginLogger, robotCode, wait, run, conversationKey, clientId } = options
  const blueprint = blueprintOf(root, { onUnawaited: message => logger.warn(message) })
  const subscribed = new Set([...blueprint.topics, ...topics])
  const onStart: Hook[] = []
  const onStop: StopHook[] = []
  let admission: Admission | undefined
  const ContextOfBot = class Context extends UpdateContext {}
  for (const plugin of onePerName(blueprint.plugins)) {
    plugin.install({
      decorate: helpers => decorate(ContextOfBot.prototype, plugin.name, helpers),
      onStart: hook => void onStart.push(hook),
      onStop: hook => void onStop.push(hook),
      subscribe: (...names) => {
        for (const name of names) subscribed.add(name)
      },
      outgoing: (...middleware) => void api.use(...middleware),
      wait,
      admit(door) {
        if (admission) throw new Error(SECOND_DOOR)
        admission = door
      },
      run,
      conversationKey,
      clientId,
      api,
      store,
      logger: pluginLogger(plugin.name),
      robotCode,
    })
  }
  const { run: runChain, actions } = blueprint
  return { run: runChain, topics: [...subscribed], actions, ContextOfBot, onStart, onStop, admission }
}

const SECOND_DOOR =
  'Two plugins of the bot want to keep its updates, so each would run what the other has. Use one inbox.'

/** A plugin that several features use is installed once: as the bot itself has it, else as the first feature has it. */
function onePerName(plugins: Blueprint<never>['plugins']): Blueprint<never>['plugins'] {
  return plugins.filter((plugin, index) => plugins.findIndex(({ name }) => name === plugin.name) === index)
}

/**
 * Adds a plugin's helpers to the context. @throws Error if another plugin has added the same name, since one of them
 * would use the other's.
 */
function decorate(prototype: object, plugin: string, helpers: object): void {
  for (const key of Reflect.ownKeys(helpers)) {
    if (!Object.hasOwn(prototype, key)) continue
    throw new Error(
      `The plugin ${plugin} adds ctx.${String(key)}, which another plugin has added already. Use one of the two.`,
    )
  }
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(helpers))
}
