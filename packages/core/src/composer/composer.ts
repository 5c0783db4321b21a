import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import type { Filter, FilterQuery } from '../context/filter/filter.ts'
import type { Action, DefinedActionContext } from './action/action.ts'
import type { Middleware } from './compose/compose.ts'
import type { Plugin } from './plugin/plugin.ts'
import type { State } from './state.ts'
import { Tree } from './tree.ts'
import type { ActionContext, CommandContext, HearsContext, Trigger } from './trigger/trigger.ts'

/**
 * Builder of a middleware tree, like grammY's Composer: `use`, `on`, `command` and the others add to it. All of them
 * throw an Error after the bot has started, and a TypeError for a handler that is not a function.
 */
export interface Composer<C extends Context = Context> extends Mounted<C> {
  /**
   * Adds middleware, or composers from other files. They run in the order of registration.
   *
   * @example
   * bot.use(async (ctx, next) => {
   *   if (ctx.from?.staffId !== '0408') await next()
   * })
   */
  use(...middleware: Mountable<C>[]): this
  // Last, because compilers explain the last: of a plugin that needs another they say which.
  /**
   * Installs a plugin: handlers that are chained after it have its additions on `ctx`.
   *
   * @example
   * createBot().use(session({ initial: () => ({ n: 0 }) })).on('chatbot', ctx => ctx.replyText(`${++ctx.session.n}`))
   */
  use<A extends object>(plugin: Plugin<A, C>): Composer<C & A>
  /**
   * Adds properties to the context of each update, computed by a function.
   *
   * @example
   * bot.derive(async ctx => ({ user: await db.userOf(ctx.from) })).on('chatbot', ctx => ctx.replyText(ctx.user.name))
   */
  derive<A extends object>(fn: (ctx: C) => A | Promise<A>): Composer<C & A>
  /**
   * Runs handlers for updates that match a filter query, or one of several. Other updates go on to the next middleware.
   *
   * @throws Error at once for an unknown query, with a list of those that exist.
   * @example
   * bot.on('chatbot:picture', async ctx => {
   *   const { buffer } = await ctx.download()
   *   await ctx.replyText(`${(await buffer()).length} bytes`)
   * })
   */
  on<Q extends FilterQuery>(
    query: Q | readonly Q[],
    handler: Middleware<Filter<C, Q>>,
    ...more: Middleware<Filter<C, Q>>[]
  ): this
  /** Without handlers: returns the branch for matching updates, to be extended. */
  on<Q extends FilterQuery>(query: Q | readonly Q[]): Composer<Filter<C, Q>>
  /**
   * Runs handlers for a command, `/name args`; in groups also for `name args` after a mention of the bot. `ctx.args` is
   * the text after the name. Case and full-width letters do not matter.
   *
   * @throws Error at once for a name that contains white space or a slash.
   * @example
   * bot.command('echo', ctx => ctx.replyText(ctx.args || '/echo 文字'))
   */
  command(
    name: string | readonly string[],
    handler: Middleware<CommandContext<C>>,
    ...more: Middleware<CommandContext<C>>[]
  ): this
  /** Without handlers: returns the branch for the command. */
  command(name: string | readonly string[]): Composer<CommandContext<C>>
  /**
   * Runs handlers for messages whose text equals a string or matches a pattern. `ctx.match` is the result of the match.
   *
   * @example
   * bot.hears(/^订单 (\d+)$/, ctx => ctx.replyText(`订单 ${ctx.match[1]}`))
   */
  hears<T extends Trigger>(
    trigger: T | readonly T[],
    handler: Middleware<HearsContext<C, T>>,
    ...more: Middleware<HearsContext<C, T>>[]
  ): this
  /** Without handlers: returns the branch for matching messages. */
  hears<T extends Trigger>(trigger: T | readonly T[]): Composer<HearsContext<C, T>>
  /**
   * Runs handlers for clicks on card buttons with an id that equals a string or matches a pattern. Numbers that the
   * platform appends to ids in loops (`id_0`, `id_1`, …) are ignored.
   *
   * @example
   * bot.action('approve', ctx => ctx.respond({ card: { status: '已批准' } }))
   */
  action<T extends Trigger>(
    id: T | readonly T[],
    handler: Middleware<ActionContext<C, T>>,
    ...more: Middleware<ActionContext<C, T>>[]
  ): this
  /** Without handlers: returns the branch for these clicks. */
  action<T extends Trigger>(id: T | readonly T[]): Composer<ActionContext<C, T>>
  /**
   * Runs handlers for clicks on the buttons of a defined action, with their validated data in `ctx.data`.
   *
   * @example
   * bot.action(approve, ctx => ctx.respond({ card: { tips: `${ctx.data.orderId} 已批准` } }))
   */
  action<Input, Output>(
    action: Action<Input, Output>,
    handler: Middleware<DefinedActionContext<C, Output>>,
    ...more: Middleware<DefinedActionContext<C, Output>>[]
  ): this
  /** Without handlers: returns the branch for these clicks. */
  action<Input, Output>(action: Action<Input, Output>): Composer<DefinedActionContext<C, Output>>
  /**
   * Runs handlers if a predicate returns true; a type predicate narrows the context. Returns the branch.
   *
   * @example
   * bot.filter(ctx => ctx.chat?.type === 'group', ctx => ctx.replyText('group'))
   */
  filter<D extends C>(predicate: (ctx: C) => ctx is D, ...handlers: Middleware<D>[]): Composer<D>
  /** With a predicate that may be asynchronous, and does not narrow the context. */
  filter(predicate: (ctx: C) => boolean | Promise<boolean>, ...handlers: Middleware<C>[]): Composer<C>
  /**
   * Runs one middleware or the other, depending on a predicate.
   *
   * @example
   * bot.branch(ctx => ctx.chat?.type === 'group', inGroups, inPrivate)
   */
  branch(predicate: (ctx: C) => boolean | Promise<boolean>, yes: Mountable<C>, no: Mountable<C>): this
  /**
   * Runs the middleware that a router function selects by name; `fallback`, or else the next middleware, if it selects
   * none.
   *
   * @example
   * bot.route(ctx => (ctx.chat?.type === 'group' ? 'group' : 'private'), { group: inGroups, private: inPrivate })
   */
  route<K extends string>(
    router: (ctx: C) => K | undefined | Promise<K | undefined>,
    routes: Readonly<Record<K, Mountable<C>>>,
    fallback?: Mountable<C>,
  ): this
  /**
   * Runs handlers in the background, beside the rest of the chain. `stop()` waits for them, and their errors reach
   * `bot.catch`.
   *
   * @example
   * bot.fork(ctx => statistics.count(ctx.update.kind))
   */
  fork(...handlers: Middleware<C>[]): Composer<C>
  /**
   * Runs middleware that a function creates for each update.
   *
   * @example
   * bot.lazy(async ctx => ((await isAdmin(ctx.from)) ? adminHandlers : userHandlers))
   */
  lazy(
    factory: (ctx: C) => Mountable<C> | readonly Mountable<C>[] | Promise<Mountable<C> | readonly Mountable<C>[]>,
  ): this
  /**
   * Catches errors of handlers, and of everything that is added to the returned composer. Call `next` in the error
   * handler to continue behind the boundary; an error that it throws itself is passed on.
   *
   * @example
   * bot.errorBoundary(({ ctx }) => ctx.replyText('出错了')).on('chatbot', mayThrow)
   */
  errorBoundary(
    handler: (error: BotError<C>, next: () => Promise<void>) => unknown,
    ...handlers: Middleware<C>[]
  ): Composer<C>
}

/**
 * Argument of `use`: middleware, or a composer. A composer that needs a plugin is accepted only where the plugin is
 * installed.
 */
export type Mountable<C> = Middleware<C> | Mounted<C>

interface Mounted<in C> {
  readonly '~state': State<C>
}

/**
 * Creates a composer: a feature in a file of its own, to be mounted with `bot.use`. A feature that needs a plugin says
 * so by its type parameter.
 *
 * @example
 * export const greetings = createComposer()
 * greetings.on('chatbot:text', ctx => ctx.replyText('你好'))
 * // elsewhere
 * createBot().use(greetings)
 */
export function createComposer<C extends Context = Context>(): Composer<C> {
  // The interface has the return types of the overloads, which the class cannot express.
  return new Tree<C>() as unknown as Composer<C>
}
