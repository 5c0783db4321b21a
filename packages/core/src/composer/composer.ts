import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import type { Filter, FilterQuery } from '../context/filter/filter.ts'
import type { Action, DefinedActionContext } from './action/action.ts'
import type { Middleware } from './compose/compose.ts'
import type { Plugin } from './plugin/plugin.ts'
import type { Mountable, Mounted } from './state.ts'
import { Tree } from './tree.ts'
import type { ActionContext, CommandContext, HearsContext, Trigger } from './trigger/trigger.ts'

/** A tree of middleware. Everything stands on `use`. */
export interface Composer<C extends Context = Context> extends Mounted<C> {
  /** Adds middleware, or composers of other files. */
  use(...middleware: Mountable<C>[]): this
  // Last, because compilers explain the last: of a plugin that needs another they say which.
  /** Installs a plugin: what is chained after it sees the wider context. */
  use<A extends object>(plugin: Plugin<A, C>): Composer<C & A>
  /**
   * Adds what the function returns to the context of this update.
   * @example
   * bot.derive(async ctx => ({ user: await db.userOf(ctx.from) })).on('chatbot', ctx => ctx.user)
   */
  derive<A extends object>(fn: (ctx: C) => A | Promise<A>): Composer<C & A>
  /**
   * Runs the handlers for updates that match one of the queries.
   * @throws Error at once for a query that does not exist, with a list of those that do.
   */
  on<Q extends FilterQuery>(
    query: Q | readonly Q[],
    handler: Middleware<Filter<C, Q>>,
    ...more: Middleware<Filter<C, Q>>[]
  ): this
  /** Without handlers: the branch for updates that match. */
  on<Q extends FilterQuery>(query: Q | readonly Q[]): Composer<Filter<C, Q>>
  /**
   * Runs the handlers for `/name args`, in groups also for `name args` after the mention of the bot. `ctx.args` is what
   * follows the name.
   */
  command(
    name: string | readonly string[],
    handler: Middleware<CommandContext<C>>,
    ...more: Middleware<CommandContext<C>>[]
  ): this
  command(name: string | readonly string[]): Composer<CommandContext<C>>
  /** Runs the handlers for messages whose text is the string or matches the pattern. `ctx.match` has what matched. */
  hears<T extends Trigger>(
    trigger: T | readonly T[],
    handler: Middleware<HearsContext<C, T>>,
    ...more: Middleware<HearsContext<C, T>>[]
  ): this
  hears<T extends Trigger>(trigger: T | readonly T[]): Composer<HearsContext<C, T>>
  /**
   * Runs the handlers for clicks on card buttons with this id; inside of a loop, where the platform appends a number, also
   * `id_0`, `id_1`, …
   */
  action<T extends Trigger>(
    id: T | readonly T[],
    handler: Middleware<ActionContext<C, T>>,
    ...more: Middleware<ActionContext<C, T>>[]
  ): this
  action<T extends Trigger>(id: T | readonly T[]): Composer<ActionContext<C, T>>
  /** Runs the handlers for clicks on buttons of the action, with its data checked in `ctx.data`. */
  action<Input, Output>(
    action: Action<Input, Output>,
    handler: Middleware<DefinedActionContext<C, Output>>,
    ...more: Middleware<DefinedActionContext<C, Output>>[]
  ): this
  action<Input, Output>(action: Action<Input, Output>): Composer<DefinedActionContext<C, Output>>
  /** Runs the handlers where the predicate holds; a type predicate narrows the context. */
  filter<D extends C>(predicate: (ctx: C) => ctx is D, ...handlers: Middleware<D>[]): Composer<D>
  filter(predicate: (ctx: C) => boolean | Promise<boolean>, ...handlers: Middleware<C>[]): Composer<C>
  /** Runs one or the other. */
  branch(predicate: (ctx: C) => boolean | Promise<boolean>, yes: Mountable<C>, no: Mountable<C>): this
  /** Runs the one that the router names; `fallback` where it names none. */
  route<K extends string>(
    router: (ctx: C) => K | undefined | Promise<K | undefined>,
    routes: Readonly<Record<K, Mountable<C>>>,
    fallback?: Mountable<C>,
  ): this
  /** Runs the handlers beside the rest of the chain. `stop()` waits for them; what they throw reaches `bot.catch`. */
  fork(...handlers: Middleware<C>[]): Composer<C>
  /** Makes the middleware anew for each update. */
  lazy(
    factory: (ctx: C) => Mountable<C> | readonly Mountable<C>[] | Promise<Mountable<C> | readonly Mountable<C>[]>,
  ): this
  /**
   * Handles what the handlers, and what is added to the returned composer, throw. Call `next` to go on after the
   * boundary; an error that the handler throws itself goes further up.
   */
  errorBoundary(
    handler: (error: BotError<C>, next: () => Promise<void>) => unknown,
    ...handlers: Middleware<C>[]
  ): Composer<C>
}

/**
 * Creates a composer: a feature in a file of its own, mounted with `use`.
 *
 * @example
 * export const greetings = createComposer()
 * greetings.on('chatbot:text', ctx => ctx.replyText('你好'))
 * // elsewhere
 * createBot().use(greetings)
 */
export function createComposer<C extends Context = Context>(): Composer<C> {
  // The interface tells what each overload returns; the class returns just these objects.
  return new Tree<C>() as unknown as Composer<C>
}
