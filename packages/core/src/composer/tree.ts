import { isThenable } from '@dingware/transport'
import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { compileFilter, type FilterQuery } from '../context/filter/filter.ts'
import { isList, someOf } from '../context/filter/some-of.ts'
import { TOPICS } from '../updates/update.ts'
import { type Action, isAction } from './action/action.ts'
import { runAction } from './action/run-action.ts'
import { callOf, checkFunction, checkHandlers, checkMiddleware } from './check-handlers.ts'
import { compose, type Middleware, type Next } from './compose/compose.ts'
import type { Plugin } from './plugin/plugin.ts'
import { asMiddleware, createState, type Mountable, mount, runOf, type State, tooLate } from './state.ts'
import { commandMatcherOf, withoutHiddenStart } from './trigger/command.ts'
import { type ActionTrigger, type Match, matcherOf, type Trigger } from './trigger/trigger.ts'

/** Maximum number of different warnings of one `lazy`. */
const MAX_TOLD = 20

type Decide<C> = (ctx: C) => boolean | Promise<boolean>

/** Implementation of `Composer`, which has the types; each method is expressed by `use`. */
export class Tree<C extends Context> {
  readonly '~state': State<C> = createState<C>()

  use(...items: (Mountable<C> | Plugin<object, C>)[]): this {
    this.#open(callOf('use', items), items)
    for (const item of items) mount(this['~state'], item)
    return this
  }

  derive(fn: (ctx: C) => object | Promise<object>): this {
    this.#open('derive()', [])
    checkFunction('The argument of derive()', fn)
    return this.use(async function derive(ctx, next) {
      Object.assign(ctx, await fn(ctx))
      await next()
    })
  }

  on(query: FilterQuery | readonly FilterQuery[], ...handlers: Middleware<C>[]): this | Tree<C> {
    this.#open(callOf('on', query), handlers)
    const { topics, matches } = compileFilter<C, FilterQuery>(query)
    this.#subscribe(...topics)
    return this.#given(handlers, this.filter(matches, ...handlers))
  }

  command(names: string | readonly string[], ...handlers: Middleware<C>[]): this | Tree<C> {
    this.#open(callOf('command', names), handlers)
    const match = commandMatcherOf(names)
    this.#subscribe(TOPICS.chatbot)
    return this.#given(
      handlers,
      this.filter(ctx => assign(ctx, ctx.update.kind === 'chatbot' ? match(ctx) : undefined), ...handlers),
    )
  }

  hears(triggers: Trigger | readonly Trigger[], ...handlers: Middleware<C>[]): this | Tree<C> {
    this.#open(callOf('hears', triggers), handlers)
    const match = matcherOf(triggers)
    this.#subscribe(TOPICS.chatbot)
    const heard = ({ update, text }: C): Match | undefined => {
      if (update.kind !== 'chatbot') return undefined
      const shown = withoutHiddenStart(text)
      return match(text) ?? (shown === text ? undefined : match(shown))
    }
    return this.#given(
      handlers,
      this.filter(ctx => assignMatch(ctx, heard(ctx)), ...handlers),
    )
  }

  action(ids: ActionTrigger | Action<never, unknown>, ...handlers: Middleware<C>[]): this | Tree<C> {
    this.#open(callOf('action', ids), handlers)
    this.#subscribe(TOPICS.card)
    const { actions } = this['~state']
    if (isAction(ids)) {
      actions.add(ids.id)
      return this.#given(handlers, this.#definedAction(ids, handlers))
    }
    for (const id of someOf(ids)) if (typeof id === 'string') actions.add(id)
    const match = matcherOf(ids)
    const clicked = (ctx: C): Match | undefined => {
      const button = ctx.callback?.button
      // The platform may have appended a number to the id; the full id is tried first.
      return button && (match(button.id) ?? match(button.baseId))
    }
    return this.#given(
      handlers,
      this.filter(ctx => assignMatch(ctx, clicked(ctx)), ...handlers),
    )
  }

  filter(decide: Decide<C>, ...handlers: Middleware<C>[]): Tree<C> {
    this.#open(callOf('filter', decide), handlers)
    checkFunction('The predicate of filter()', decide)
    const branch = this.#branch(handlers)
    // Untyped callers decide by anything that counts as true or false.
    const pass = (isWanted: unknown, ctx: C, next: Next): Promise<void> | undefined =>
      isWanted ? runOf(branch['~state'])(ctx, next) : next()
    this.use(function filter(ctx, next) {
      const decided = decide(ctx)
      return isThenable(decided) ? decided.then(isWanted => pass(isWanted, ctx, next)) : pass(decided, ctx, next)
    })
    return branch
  }

  branch(decide: Decide<C>, yes: Mountable<C>, no: Mountable<C>): this {
    this.#open('branch()', [])
    checkFunction('The predicate of branch()', decide)
    checkMiddleware('branch()', [yes, no])
    const [whenTrue, whenFalse] = [this.#step(yes), this.#step(no)]
    return this.use(async function branch(ctx, next) {
      await ((await decide(ctx)) ? whenTrue : whenFalse)(ctx, next)
    })
  }

  route(
    router: (ctx: C) => string | undefined | Promise<string | undefined>,
    routes: Readonly<Record<string, Mountable<C>>>,
    fallback?: Mountable<C>,
  ): this {
    this.#open('route()', [])
    checkFunction('The router of route()', router)
    checkMiddleware('route()', [...Object.values(routes), ...(fallback === undefined ? [] : [fallback])])
    const steps = new Map(Object.entries(routes).map(([name, item]) => [name, this.#step(item)]))
    const otherwise = fallback && this.#step(fallback)
    return this.use(async function route(ctx, next) {
      const name = await router(ctx)
      const step = (name === undefined ? undefined : steps.get(name)) ?? otherwise
      await (step ? step(ctx, next) : next())
    })
  }

  fork(...handlers: Middleware<C>[]): Tree<C> {
    this.#open('fork()', handlers)
    const branch = this.#branch(handlers)
    this.use(function fork(ctx, next) {
      ctx.waitUntil((async () => runOf(branch['~state'])(ctx))())
      return next()
    })
    return branch
  }

  lazy(
    factory: (ctx: C) => Mountable<C> | readonly Mountable<C>[] | Promise<Mountable<C> | readonly Mountable<C>[]>,
  ): this {
    this.#open('lazy()', [])
    checkFunction('The factory of lazy()', factory)
    // Middleware that is created for each update would otherwise cause a warning for each.
    const told = new Set<string>()
    return this.use(async function lazy(ctx, next) {
      const onUnawaited = (message: string): void => {
        if (told.size < MAX_TOLD && !told.has(message)) ctx.log.warn(message)
        told.add(message)
      }
      const made = await factory(ctx)
      const items: readonly Mountable<C>[] = isList(made) ? made : [made]
      checkMiddleware('what lazy() made', items)
      const steps = items.map(item => (typeof item === 'function' ? item : runOf(item['~state'], { onUnawaited })))
      await compose(steps, { onUnawaited })(ctx, next)
    })
  }

  errorBoundary(
    handler: (error: BotError<C>, next: () => Promise<void>) => unknown,
    ...handlers: Middleware<C>[]
  ): Tree<C> {
    this.#open('errorBoundary()', handlers)
    checkFunction('The handler of errorBoundary()', handler)
    const branch = this.#branch(handlers)
    this.use(async function errorBoundary(ctx, next) {
      let goesOn = false
      const goOn = async (): Promise<void> => {
        goesOn = true
      }
      try {
        await runOf(branch['~state'])(ctx, goOn)
      } catch (error) {
        goesOn = false
        await handler(BotError.of(error, ctx), goOn)
      }
      // Outside of the try block, since middleware behind the boundary is not covered by it.
      if (goesOn) await next()
    })
    return branch
  }

  #definedAction(action: Action<never, unknown>, handlers: readonly Middleware<C>[]): Tree<C> {
    const branch = this.#branch(handlers)
    this.use(async function definedAction(ctx, next) {
      await runAction(ctx, action, () => runOf(branch['~state'])(ctx, next), next)
    })
    return branch
  }

  /** Checks a call before it changes anything, so that an error names the method and leaves nothing behind. */
  #open(call: string, handlers: readonly unknown[]): void {
    if (this['~state'].run) throw new Error(tooLate(call))
    checkHandlers(call, handlers)
  }

  #subscribe(...topics: readonly string[]): void {
    for (const topic of topics) this['~state'].topics.add(topic)
  }

  #step(item: Mountable<C>): Middleware<C> {
    return asMiddleware(this['~state'], item)
  }

  #branch(handlers: readonly Middleware<C>[]): Tree<C> {
    const branch = new Tree<C>().use(...handlers)
    this['~state'].children.push(branch['~state'])
    return branch
  }

  /** With handlers, returns the composer for chaining; without, the branch to add them to. */
  #given(handlers: readonly unknown[], branch: Tree<C>): this | Tree<C> {
    return handlers.length === 0 ? branch : this
  }
}

function assign(ctx: Context, found: object | undefined): boolean {
  if (found) Object.assign(ctx, found)
  return found !== undefined
}

function assignMatch(ctx: Context, match: Match | undefined): boolean {
  return assign(ctx, match && { match })
}
