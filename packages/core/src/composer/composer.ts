import { type Composed, compose, type Middleware } from '../compose/compose.ts'
import type { Context } from '../context/context.ts'
import { compileFilter, type Filter, type FilterQuery } from '../filter/filter.ts'
import { definitionOf, isPlugin, type Plugin, type PluginDefinition } from '../plugin/plugin.ts'

const STATE: unique symbol = Symbol.for('dingware.composer')

/** A tree of middleware. Everything stands on `use`. */
export interface Composer<C extends Context = Context> extends Mounted<C> {
  /** Installs a plugin: what is chained after it sees the wider context. */
  use<A extends object>(plugin: Plugin<A, C>): Composer<C & A>
  /** Adds middleware, or composers of other files. */
  use(...middleware: Mountable<C>[]): this
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
}

/** What `use` takes. A composer that needs a plugin fits only where the plugin is installed. */
export type Mountable<C> = Middleware<C> | Mounted<C>

interface Mounted<in C> {
  readonly [STATE]: ComposerState<C>
}

interface ComposerState<in C> {
  readonly steps: Middleware<C>[]
  readonly topics: Set<string>
  readonly plugins: PluginDefinition<object, never>[]
  readonly children: ComposerState<never>[]
  run?: Composed<C>
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
  const state: ComposerState<C> = { steps: [], topics: new Set(), plugins: [], children: [] }
  const composer = {
    [STATE]: state,
    use(this: Composer<C>, ...items: (Mountable<C> | Plugin<object, C>)[]) {
      for (const item of items) mount(state, item)
      return this
    },
    on<Q extends FilterQuery>(this: Composer<C>, query: Q | readonly Q[], ...handlers: Middleware<Filter<C, Q>>[]) {
      const filter = compileFilter<C, Q>(query)
      const branch = createComposer<Filter<C, Q>>()
      for (const topic of filter.topics) state.topics.add(topic)
      branch.use(...handlers)
      state.children.push(branch[STATE])
      state.steps.push(function on(ctx, next) {
        return filter.matches(ctx) ? runOf(branch[STATE])(ctx, next) : next()
      })
      return handlers.length === 0 ? branch : this
    },
  }
  return composer as Composer<C>
}

function mount<C extends Context>(state: ComposerState<C>, item: Mountable<C> | Plugin<object, C>): void {
  if (isPlugin(item)) {
    const definition = definitionOf(item)
    state.plugins.push(definition)
    if (definition.middleware) state.steps.push(definition.middleware as Middleware<C>)
  } else if (typeof item === 'function') {
    state.steps.push(item)
  } else {
    const child = item[STATE]
    state.children.push(child)
    state.steps.push(function mounted(ctx, next) {
      return runOf(child)(ctx, next)
    })
  }
}

/** The chain of one composer, composed when it first runs. */
function runOf<C>(state: ComposerState<C>): Composed<C> {
  state.run ??= compose(state.steps)
  return state.run
}

/** What a tree of composers amounts to. */
export interface Blueprint<C> {
  readonly run: Composed<C>
  readonly topics: ReadonlySet<string>
  readonly plugins: readonly PluginDefinition<object, never>[]
}

export function blueprintOf<C extends Context>(composer: Composer<C>): Blueprint<C> {
  const states = flatten(composer[STATE])
  return {
    run: runOf(composer[STATE]),
    topics: new Set(states.flatMap(state => [...state.topics])),
    plugins: states.flatMap(state => state.plugins),
  }
}

function flatten(state: ComposerState<never>): ComposerState<never>[] {
  return [state, ...state.children.flatMap(flatten)]
}
