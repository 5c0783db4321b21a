import { type Composed, type ComposeOptions, compose, type Middleware } from './compose/compose.ts'
import { definitionOf, isPlugin, type Plugin, type PluginDefinition } from './plugin/plugin.ts'

/** What a composer holds. */
export interface State<in C> {
  readonly steps: Middleware<C>[]
  readonly topics: Set<string>
  /** The ids of buttons that were given as they are. */
  readonly actions: Set<string>
  readonly plugins: PluginDefinition<object, never>[]
  readonly children: State<never>[]
  /** The chain, once it has run. */
  run?: Composed<C>
}

/** What `use` takes. A composer that needs a plugin fits only where the plugin is installed. */
export type Mountable<C> = Middleware<C> | Mounted<C>

/** A composer, as `use` knows it again. */
export interface Mounted<in C> {
  readonly '~state': State<C>
}

export function createState<C>(): State<C> {
  return { steps: [], topics: new Set(), actions: new Set(), plugins: [], children: [] }
}

/** Adds to a composer whose chain has not been put together yet. */
export function mount<C>(state: State<C>, item: Mountable<C> | Plugin<object, C>): void {
  if (isPlugin(item)) {
    const definition = definitionOf(item)
    state.plugins.push(definition)
    if (definition.middleware) state.steps.push(definition.middleware as Middleware<C>)
  } else {
    state.steps.push(asMiddleware(state, item))
  }
}

/** A mountable as a step; a composer becomes a child whose topics and plugins count as ours. */
export function asMiddleware<C>(parent: State<never>, item: Mountable<C>): Middleware<C> {
  if (typeof item === 'function') return item
  const child = item['~state']
  parent.children.push(child)
  return function mounted(ctx, next) {
    return runOf(child)(ctx, next)
  }
}

/** The chain of one composer, put together when it first runs. */
export function runOf<C>(state: State<C>, options?: ComposeOptions): Composed<C> {
  state.run ??= compose(state.steps, options)
  return state.run
}

/** What a tree of composers amounts to. */
export interface Blueprint<C> {
  readonly run: Composed<C>
  readonly topics: ReadonlySet<string>
  readonly actions: ReadonlySet<string>
  readonly plugins: readonly PluginDefinition<object, never>[]
}

/** Puts a tree together. From then on nothing can be added to it. */
export function blueprintOf<C>(root: State<C>, options?: ComposeOptions): Blueprint<C> {
  const states = flatten(root)
  for (const state of states) runOf(state, options)
  return {
    run: runOf(root),
    topics: new Set(states.flatMap(state => [...state.topics])),
    actions: new Set(states.flatMap(state => [...state.actions])),
    plugins: states.flatMap(state => state.plugins),
  }
}

function flatten(state: State<never>): State<never>[] {
  return [state, ...state.children.flatMap(flatten)]
}

/** Why nothing can be added by a call any more. */
export function tooLate(call: string): string {
  return `${call} was added too late: the bot has already put its chain together, at start() or at the first update, and subscriptions are fixed for the life of a connection. Register everything before start().`
}
