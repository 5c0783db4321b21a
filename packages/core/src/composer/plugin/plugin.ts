import { isRecord, type Logger } from '@dingware/transport'
import type { Api } from '../../api/api.ts'
import type { ApiMiddleware } from '../../api/api-call.ts'
import type { Context } from '../../context/context.ts'
import type { Admission, RunKept } from '../../intake/admission/admission.ts'
import type { Wait } from '../../intake/wait/request.ts'
import type { Store } from '../../store/store.ts'
import type { Update } from '../../updates/update.ts'
import type { Middleware } from '../compose/compose.ts'

const BRAND: unique symbol = Symbol.for('dingware.plugin')

/** What a plugin may do to the bot that it is installed in. */
export interface PluginHost<A extends object, N = Context> {
  /**
   * Adds helpers to every context. They live on the prototype, so nothing is allocated per update; `this` is the
   * context. Getters work.
   */
  readonly decorate: (helpers: A & ThisType<N & A>) => void
  /** Runs before the bot connects, and is awaited. */
  readonly onStart: (hook: () => unknown) => void
  /**
   * Runs when the bot has stopped taking updates and its handlers have ended; is awaited. The signal aborts when the time
   * that `stop()` was given is over: then only what takes no time can still be done.
   */
  readonly onStop: (hook: (signal: AbortSignal) => unknown) => void
  /** Subscribes to stream topics that no query of the plugin names. */
  readonly subscribe: (...topics: string[]) => void
  /** Adds steps that every call of the platform goes through. */
  readonly outgoing: (...middleware: ApiMiddleware[]) => void
  /**
   * Waits for an update that answers what a handler asked. Meanwhile the handler holds neither a slot of `concurrency`
   * nor its place in `sequentialize()`; the update goes to it before any queue, and through no middleware.
   *
   * @throws DingTalkError `ERR_WAIT_TIMEOUT`, `ERR_TOO_MANY_WAITS` (10,000 are open), `ERR_STOPPED`; the reasons of the
   * request's signal and of `ctx.signal`; what `ask` throws.
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
   * Puts an admission before the bot: updates that this process has not seen pass it before they are answered and run. A
   * bot has one at most.
   */
  readonly admit: (admission: Admission) => void
  /** Runs an update that the plugin has kept: it is answered, and waits for a slot as any other. */
  readonly run: RunKept
  /** To which conversation an update belongs, as `conversationKey` of the bot says; nothing where it throws. */
  readonly conversationKey: (update: Update) => string | undefined
  /** The clientId of the bot; `bot` where there is none, as in tests. */
  readonly clientId: () => string
  readonly api: Api
  readonly store: Store
  /** The bot's own; without one, warnings and errors go to stderr and the rest to `debug` under the plugin's name. */
  readonly logger: Logger
  /** The robot that the bot acts as. @throws GatewayError when neither it nor a clientId is known. */
  readonly robotCode: () => string
}

export interface PluginDefinition<A extends object, N = Context> {
  /** Plugins of one name are installed once in a bot, however many of its features use them; their middleware runs in each. */
  readonly name: string
  install(host: PluginHost<A, N>): void
  readonly middleware?: Middleware<N & A>
}

/** Widens the context by `A`, and needs `N` of it. Comes only from {@link definePlugin}. */
export interface Plugin<A extends object, in N = Context> {
  readonly name: string
  readonly [BRAND]: { readonly adds?: A; readonly needs?: (ctx: N) => void; readonly definition: object }
}

/**
 * Declares a plugin. Give the types of what it adds and, if it builds on another plugin, of what it needs.
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
  return isRecord(value) && BRAND in value
}

/** What was given to {@link definePlugin}. */
export function definitionOf(plugin: Plugin<object, never>): PluginDefinition<object, never> {
  return plugin[BRAND].definition as PluginDefinition<object, never>
}
