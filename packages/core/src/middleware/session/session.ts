import { checkOptions, DingTalkError, rule } from '@dingware/transport'
import { definePlugin, type Plugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import type { Run } from '../../context/run.ts'
import { conversationKeyOf, runOf } from '../../context/update-context.ts'
import { STORE_RULE, type Store } from '../../store/store.ts'
import { createLanes } from '../sequentialize/lanes.ts'
import { STRATEGIES } from '../sequentialize/strategies.ts'
import { turnsOf } from '../sequentialize/turns.ts'
import { createSlot, type Slot } from './slot.ts'

export interface SessionOptions<S, C extends Context = Context> {
  /** What a session holds before anything was written: what JSON can hold. */
  readonly initial: () => S
  /**
   * Whose session it is; none: the update has no session. Default: the `conversationKey` of the bot, which is that of
   * `sequentialize()`, too. With another than that has, updates of one session still run one after another behind it.
   */
  readonly key?: ((ctx: C) => string | undefined) | undefined
  /** Forget a session so many milliseconds after it was last written. Default: never. */
  readonly ttlMs?: number | undefined
  /** The form of what is stored; raise it when that changes. Default 1. */
  readonly version?: number | undefined
  /** Makes a session of this version out of an older one. It is stored when the handler changes it. */
  readonly migrate?: ((old: unknown, version: number) => S) | undefined
  /**
   * When another update has written the session meanwhile: `error` (default) fails this one; `retry` handles it again with
   * the session as it is now, for handlers that may say something twice. `sequentialize()` before it lets neither happen
   * within a process.
   */
  readonly onConflict?: 'error' | 'retry' | undefined
  /** Default: the store of the bot. */
  readonly store?: Store | undefined
}

export interface LazySessionOptions<S, C extends Context = Context> extends SessionOptions<S, C> {
  readonly lazy: true
}

export interface SessionFlavor<S> {
  /** What is remembered. Change it, or put another in its place; `undefined` deletes it. */
  get session(): S
  set session(value: S | undefined)
}

export interface LazySessionFlavor<S> {
  /** What is remembered: read from the store when first asked for. Change what it resolves to. */
  get session(): Promise<S>
  /** Puts another in its place; `undefined` deletes it. Read it first. */
  set session(value: S | undefined)
}

/** How many may wait for one session. */
const MAX_WAITING = 1_000

/** By run, for a plugin may be mounted in several bots and in several features of one; by context where no bot runs it. */
const slots = new WeakMap<Run | Context, Slot>()

/** The store of the bot that a context belongs to. */
const STORE: unique symbol = Symbol('store of sessions')

interface HasStore {
  readonly [STORE]: Store
}

/**
 * Adds `ctx.session`: read before the handler, written after it, if it has changed and the handler did not throw. While the
 * handler waits for a person it is written, and read anew.
 *
 * With `lazy: true` it is a promise, and read only when a handler asks for it.
 *
 * @throws (the update fails) DingTalkError: `ERR_SESSION_CONFLICT` when another update has written it meanwhile,
 * `ERR_SESSION_VERSION` when it cannot be read; what the store throws.
 * @example
 * createBot()
 *   .use(session({ initial: () => ({ n: 0 }) }))
 *   .on('chatbot', ctx => ctx.replyText(`第 ${++ctx.session.n} 次`))
 */
export function session<S, C extends Context = Context>(
  options: LazySessionOptions<S, C>,
): Plugin<LazySessionFlavor<S>, C>
export function session<S, C extends Context = Context>(options: SessionOptions<S, C>): Plugin<SessionFlavor<S>, C>
export function session<C extends Context>(
  options: SessionOptions<unknown, C> & { readonly lazy?: true },
): Plugin<SessionFlavor<unknown>, C> {
  checkOptions<SessionOptions<unknown, C> & { readonly lazy?: boolean }>('session', options, {
    initial: rule.neededCallback,
    key: rule.callback,
    ttlMs: rule.span,
    version: rule.count(0),
    migrate: rule.callback,
    onConflict: rule.oneOf('error', 'retry'),
    store: STORE_RULE,
    lazy: rule.flag,
  })
  const { initial, key = conversationKeyOf, ttlMs, version = 1, migrate, onConflict = 'error', lazy = false } = options
  const inTurn = STRATEGIES.queue({ lanes: createLanes(), wait: 0, maxWaiting: MAX_WAITING })

  return definePlugin<SessionFlavor<unknown> & HasStore, C>({
    name: 'session',
    install: host =>
      host.decorate({
        [STORE]: options.store ?? host.store,
        get session() {
          const slot = slotOf(this, key)
          return lazy ? slot.load() : slot.value()
        },
        set session(value) {
          slotOf(this, key).replace(value)
        },
      }),
    middleware: async function session(ctx, next) {
      const owner = key(ctx)
      const name = nameOf(owner)
      const run = runOf(ctx)
      if (owner === undefined || name === undefined || slots.has(run ?? ctx)) return next()
      const withSession = async (): Promise<void> => {
        const slot = createSlot({ store: ctx[STORE], key: name, initial, ttlMs, version, migrate })
        slots.set(run ?? ctx, slot)
        if (!lazy) await slot.load()
        await whileRunning(ctx, slot, next)
        // Not reached when the handler threw: what it had half done is not kept.
        if (await slot.save()) return
        if (onConflict === 'retry') runOf(ctx)?.repeat()
        throw conflictError(name)
      }
      // Who asked for turns, by whatever key, did not mean that an update of the session is lost.
      const isOutOfTurn = run && turnsOf(run)?.includes(owner) === false
      await (isOutOfTurn ? inTurn(ctx, [owner], withSession) : withSession())
    },
  })
}

/** Runs the handler; while it waits for a person, others may have the session. */
async function whileRunning(ctx: Context, slot: Slot, next: () => Promise<void>): Promise<void> {
  const run = runOf(ctx)
  if (!run) return next()
  let saving = Promise.resolve(true)
  const release = run.hold({
    letGo() {
      saving = slot.save()
      // Told when the wait is over.
      saving.catch(() => {})
    },
    async takeAgain() {
      if (!(await saving)) throw conflictError(slot.key)
      await slot.reload()
    },
  })
  try {
    await next()
  } finally {
    release()
  }
}

/** The session of an update; that of an answer is the one of the handler that waited for it, where it is the same. */
function slotOf<C extends Context>(ctx: C, key: (ctx: C) => string | undefined): Slot {
  const run = runOf(ctx)
  const own = slots.get(run ?? ctx)
  if (own) return own
  const slot = run?.asker && slots.get(run.asker)
  if (slot && slot.key === nameOf(key(ctx))) return slot
  throw new DingTalkError(
    'This update has no session: it has no key (it belongs to no conversation, if `key` says nothing else), it answers the question to somebody else, or session() is mounted after this handler.',
    { code: 'ERR_NO_SESSION' },
  )
}

function nameOf(key: string | undefined): string | undefined {
  return key === undefined ? undefined : `session:${key}`
}

function conflictError(name: string): DingTalkError {
  return new DingTalkError(
    `Another update has written the ${name.replace(':', ' ')} since this one read it, so this one's changes to it were not stored. Mount sequentialize() before session() (what tells conversations apart for both is createBot's \`conversationKey\`); where several processes write it, choose \`onConflict: 'retry'\`.`,
    { code: 'ERR_SESSION_CONFLICT' },
  )
}
