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

/** Options of {@link session}. */
export interface SessionOptions<S, C extends Context = Context> {
  /** Creates the initial session: data that JSON can hold. */
  readonly initial: () => S
  /**
   * Key of the session; `undefined` means that the update has none. Default: the `conversationKey` of the bot, which
   * `sequentialize()` uses, too. If your key differs from that of a `sequentialize()` before it, updates of one session
   * still run one after another.
   */
  readonly key?: ((ctx: C) => string | undefined) | undefined
  /** Time to live in milliseconds, counted from the last write. Default: no expiry. */
  readonly ttlMs?: number | undefined
  /** Version of the data's format; increase it when the format changes. Default 1. */
  readonly version?: number | undefined
  /** Converts a session of an older version. The result is stored when the handler changes it. */
  readonly migrate?: ((old: unknown, version: number) => S) | undefined
  /**
   * Handling of conflicts, when another update has written the session meanwhile: `error` (default) fails this one;
   * `retry` runs its handlers again with the present session, so they may reply twice. With `sequentialize()` before
   * it, there are no conflicts within one process.
   */
  readonly onConflict?: 'error' | 'retry' | undefined
  /** Store of the sessions. Default: the bot's store. */
  readonly store?: Store | undefined
}

/** Options of {@link session} with a lazy session. */
export interface LazySessionOptions<S, C extends Context = Context> extends SessionOptions<S, C> {
  /** Reads the session only when a handler accesses it; `ctx.session` is a promise. */
  readonly lazy: true
}

/** Addition of {@link session} to the context. */
export interface SessionFlavor<S> {
  /**
   * Session data. Change it in place, or assign a new value; `undefined` deletes the session. @throws DingTalkError
   * `ERR_NO_SESSION` if the update has no session.
   */
  get session(): S
  set session(value: S | undefined)
}

/** Addition of {@link session} with `lazy: true` to the context. */
export interface LazySessionFlavor<S> {
  /**
   * Session data, read from the store at the first access. Change the resolved object in place. @throws DingTalkError
   * `ERR_NO_SESSION` if the update has no session.
   */
  get session(): Promise<S>
  /**
   * Assigns a new value; `undefined` deletes the session. Read it before. @throws DingTalkError `ERR_SESSION` if it was
   * not read.
   */
  set session(value: S | undefined)
}

/** Maximum number of updates that wait for one session. */
const MAX_WAITING = 1_000

/**
 * By run, since a plugin may be mounted in several bots, and in several features of one; by context if no bot runs it.
 */
const slots = new WeakMap<Run | Context, Slot>()

/** Property with the store of the sessions. */
const STORE: unique symbol = Symbol('store of sessions')

interface HasStore {
  readonly [STORE]: Store
}

/**
 * Creates a plugin that adds `ctx.session`, persistent data per conversation. It is read before the handlers, and
 * written after them if it has changed and none of them threw. While a handler waits for a person (`ctx.waitFor`), it
 * is written, and read again afterwards.
 *
 * With `lazy: true` it is a promise, and read only when a handler accesses it. Put `sequentialize()` before it, so that
 * updates of one conversation do not overwrite each other.
 *
 * @throws TypeError for an invalid option. Updates fail with DingTalkError `ERR_SESSION_CONFLICT` if another update has
 * written the session meanwhile, `ERR_SESSION_VERSION` if it is of an incompatible version, or whatever the store
 * throws.
 * @example
 * createBot()
 *   .use(sequentialize())
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
        // Not reached when a handler threw: partial changes are not stored.
        if (await slot.save()) return
        if (onConflict === 'retry') runOf(ctx)?.repeat()
        throw conflictError(name)
      }
      // With a `sequentialize()` by another key, updates of one session are ordered here, so that none is lost.
      const isOutOfTurn = run && turnsOf(run)?.includes(owner) === false
      await (isOutOfTurn ? inTurn(ctx, [owner], withSession) : withSession())
    },
  })
}

/** Runs the handlers; while they wait for a person, other updates may use the session. */
async function whileRunning(ctx: Context, slot: Slot, next: () => Promise<void>): Promise<void> {
  const run = runOf(ctx)
  if (!run) return next()
  let saving = Promise.resolve(true)
  const release = run.hold({
    letGo() {
      saving = slot.save()
      // Reported when the wait is over.
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

/** Session of an update; an answer that a handler waited for has the session of that handler, if the keys are equal. */
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
