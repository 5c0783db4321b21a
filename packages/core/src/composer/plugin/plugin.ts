import type { Logger } from '@dingware/transport'
import type { Api } from '../../api/api.ts'
import type { ApiMiddleware } from '../../api/api-call.ts'
import type { Context } from '../../context/context.ts'
import type { Admission, RunKept } from '../../intake/admission/admission.ts'
import type { WaitRequest } from '../../intake/wait/request.ts'
import type { Store } from '../../store/store.ts'
import type { Update } from '../../updates/update.ts'
import type { Middleware } from '../compose/compose.ts'

const BRAND: unique symbol = Symbol.for('dingware.plugin')

/** Access to the bot that a plugin is installed in. */
export interface PluginHost<A extends object, N = Context> {
  /**
   * Adds properties and methods to the context. They are put on its prototype, so they cost nothing per update; `this`
   * is the context. Getters work. @throws Error if another plugin has added the same name.
   */
  readonly decorate: (helpers: A & ThisType<N & A>) => void
  /** Runs a hook before the bot connects, and awaits it. If it throws, `start()` does. */
  readonly onStart: (hook: () => unknown) => void
  /**
   * Runs a hook when the bot takes no more updates and its handlers have ended, and awaits it. The signal aborts when
   * the time limit of `stop()` is over: then only work that takes no time can still be done.
   */
  readonly onStop: (hook: (signal: AbortSignal) => unknown) => void
  /** Subscribes to stream topics, in addition to those of filter queries. */
  readonly subscribe: (...topics: string[]) => void
  /** Adds outgoing middleware for all API calls, as `bot.api.use` does. */
  readonly outgoing: (...middleware: ApiMiddleware[]) => void
  /**
   * Waits for an update that answers a question of a handler. Meanwhile the handler occupies neither a slot of
   * `concurrency` nor its place in `sequentialize()`. The awaited update is taken before any queue, and without
   * middleware.
   *
   * @throws DingTalkError `ERR_WAIT_TIMEOUT`, `ERR_TOO_MANY_WAITS` (10,000 are open), `ERR_STOPPED`; the reasons of the
   * request's signal and of `ctx.signal`; whatever `ask` throws; TypeError for a context that no bot has made.
   * @example
   * const answer = await host.wait(ctx, {
   *   keys: [cardKey(outTrackId)],
   *   accepts: () => true,
   *   take: click => click.callback?.actionIds,
   *   ask: () => deliver(outTrackId),
   * })
   */
  readonly wait: Wait
  /**
   * Registers a hook that sees updates before they are answered and run; a bot has one at most. @throws Error if there
   * is one already.
   */
  readonly admit: (admission: Admission) => void
  /** Runs an update that the plugin has saved. It counts as answered, and waits for a slot like any other. */
  readonly run: RunKept
  /**
   * Key of the conversation that an update belongs to, by the bot's option `conversationKey`; `undefined` if that
   * throws.
   */
  readonly conversationKey: (update: Update) => string | undefined
  /** clientId of the bot; `bot` if there is none, as in tests. */
  readonly clientId: () => string
  /** API client of the bot. */
  readonly api: Api
  /** Store of the bot, limited to keys of this bot. */
  readonly store: Store
  /**
   * Logger of the bot; without one, a logger that writes warnings and errors to stderr and the rest to `debug` under
   * the plugin's name.
   */
  readonly logger: Logger
  /** Robot code that the bot acts as. @throws GatewayError if neither it nor a clientId is known. */
  readonly robotCode: () => string
}

/** Function that waits for an update; see {@link PluginHost.wait}. */
export type Wait = <T>(ctx: Context, request: WaitRequest<T>) => Promise<T>

/** Definition of a plugin: its name, how to install it, and middleware. */
export interface PluginDefinition<A extends object, N = Context> {
  /**
   * Name. A plugin is installed once per bot and name, however many features use it; its middleware runs at each place.
   */
  readonly name: string
  /** Called once when the bot's chain is built. Use `host` to add to the bot. */
  install(host: PluginHost<A, N>): void
  /** Middleware that runs where the plugin is mounted. */
  readonly middleware?: Middleware<N & A>
}

/**
 * Plugin, to be mounted with `use`: adds `A` to the context, and needs a context with `N`. Created by
 * {@link definePlugin} only.
 */
export interface Plugin<A extends object, in N = Context> {
  /** Name of the plugin. */
  readonly name: string
  readonly [BRAND]: { readonly adds?: A; readonly needs?: (ctx: N) => void; readonly definition: object }
}

/**
 * Defines a plugin, which adds typed properties to the context, hooks and middleware to a bot. Give the type of its
 * additions and, if it builds on another plugin, the type that it needs.
 *
 * @example
 * interface ClockFlavor { now(): Date }
 * const clock = () => definePlugin<ClockFlavor>({
 *   name: 'clock',
 *   install: host => host.decorate({ now: () => new Date() }),
 * })
 * createBot().use(clock()).on('chatbot', ctx => ctx.replyText(ctx.now().toISOString()))
 */
export function definePlugin<A extends object, N = Context>(definition: PluginDefinition<A, N>): Plugin<A, N> {
  return { name: definition.name, [BRAND]: { definition } }
}

export function isPlugin(value: unknown): value is Plugin<object, never> {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** Definition that was passed to {@link definePlugin}. */
export function definitionOf(plugin: Plugin<object, never>): PluginDefinition<object, never> {
  return plugin[BRAND].definition as PluginDefinition<object, never>
}
