import { type Chain, createChain } from './compose/chain.ts'
import type { ComposeOptions, Middleware } from './compose/compose.ts'
import { definitionOf, isPlugin, type Plugin, type PluginDefinition } from './plugin/plugin.ts'

/** Contents of a composer. */
export interface State<in C> {
  readonly steps: Middleware<C>[]
  readonly topics: Set<string>
  /** Button ids that were registered as strings. */
  readonly actions: Set<string>
  readonly plugins: PluginDefinition<object, never>[]
  readonly children: State<never>[]
  /** Composed chain, once it has run. */
  run?: Chain<C>
}

/**
 * Argument of `use`: middleware, or a composer. A composer that needs a plugin is accepted only where the plugin is
 * installed.
 */
export type Mountable<C> = Middleware<C> | Mounted<C>

/** A composer, as `use` knows it again. */
export interface Mounted<in C> {
  readonly '~state': State<C>
}

export function createState<C>(): State<C> {
  return { steps: [], topics: new Set(), actions: new Set(), plugins: [], children: [] }
}

/** Adds an item to a composer that is not composed yet. */
export function mount<C>(state: State<C>, item: Mountable<C> | Plugin<object, C>): void {
  if (isPlugin(item)) {
    const definition = definitionOf(item)
    state.plugins.push(definition)
    if (definition.middleware) state.steps.push(definition.middleware as Middleware<C>)
  } else {
    state.steps.push(asMiddleware(state, item))
  }
}

/** Converts a mountable to middleware; a composer becomes a child, whose topics and plugins count as the parent's. */
export function asMiddleware<C>(parent: State<never>, item: Mountable<C>): Middleware<C> {
  if (typeof item === 'function') return item
  const child = item['~state']
  parent.children.push(child)
  return function mounted(ctx, next) {
    return runOf(child)(ctx, next)
  }
}

/** Composed chain of a composer, built at the first run. */
export function runOf<C>(state: State<C>, options?: ComposeOptions): Chain<C> {
  state.run ??= createChain(state.steps, options)
  return state.run
}

/** Everything that a tree of composers amounts to. */
export interface Blueprint<C> {
  readonly run: Chain<C>
  readonly topics: ReadonlySet<string>
  readonly actions: ReadonlySet<string>
  readonly plugins: readonly PluginDefinition<object, never>[]
}

/** Composes a tree. Nothing can be added to it afterwards. */
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

/** Error message for additions to a composed tree. */
export function tooLate(call: string): string {
  return `${call} was added too late: the bot has already put its chain together, at start() or at the first update, and subscriptions are fixed for the life of a connection. Register everything before start().`
}
