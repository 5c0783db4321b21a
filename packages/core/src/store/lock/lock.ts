import { randomUUID } from 'node:crypto'
import { checkOptions, DingTalkError, rule } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import type { Store } from '../store.ts'
import { drawFencingToken } from './fencing.ts'

/** Options of {@link acquireLock} and {@link tryLock}. */
export interface LockOptions {
  /**
   * Lease: milliseconds after which the lock is free again if its holder has crashed. While held it is renewed, four
   * times per lease. Default 30,000.
   */
  readonly leaseMs?: number | undefined
  /** Maximum wait for the lock, in milliseconds. Default: no limit. `tryLock` never waits. */
  readonly timeout?: number | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** Lock that is held, until `release()` or the end of an `await using` block. */
export interface Lock extends AsyncDisposable {
  /**
   * Fencing token: higher than that of each earlier holder. Pass it along with writes to the guarded resource, and let
   * that refuse a token lower than the highest it has seen: such a write comes from a holder that lost the lock without
   * noticing.
   */
  readonly token: number
  /**
   * Aborts with `ERR_LOCK_LOST` when the lock is lost: it could not be renewed in time, because the store was away or
   * this process was suspended.
   */
  readonly signal: AbortSignal
  /** Gives the lock back. May be called more than once; never rejects. */
  release(): Promise<void>
}

/** Milliseconds between two attempts to take a lock that somebody else holds. */
const LOOK_AGAIN = 50

/**
 * Acquires a distributed lock by name, across all processes that use the store; waits while somebody else holds it. The
 * lock renews itself until it is released.
 *
 * It can be lost while you hold it, if the store is away for longer than the lease: stop working when `lock.signal`
 * aborts.
 *
 * @throws DingTalkError `ERR_LOCK_TIMEOUT` when it was not free within `timeout`.
 * @throws the signal's reason when `signal` aborts; whatever the store throws.
 * @example
 * await using lock = await acquireLock(store, 'report', { timeout: 5_000 })
 * await buildReport({ signal: lock.signal })
 */
export async function acquireLock(store: Store, name: string, options: LockOptions = {}): Promise<Lock> {
  const { timeout = Number.POSITIVE_INFINITY, signal } = options
  const deadline = performance.now() + timeout
  for (;;) {
    signal?.throwIfAborted()
    const lock = await tryLock(store, name, options)
    if (lock) return lock
    if (performance.now() >= deadline) throw timeoutError(name, timeout)
    // A random wait, so that the waiting processes do not all ask at the same moment.
    await sleep(LOOK_AGAIN * (1 + Math.random()), signal)
  }
}

/**
 * Acquires a distributed lock if it is free, and resolves to `undefined` at once if it is not. Otherwise like
 * {@link acquireLock}; `timeout` and `signal` have no effect here.
 *
 * @throws whatever the store throws.
 * @example
 * const lock = await tryLock(store, 'nightly-report')
 * if (!lock) return // another process does it
 * await using _ = lock
 * await sendNightlyReport()
 */
export async function tryLock(store: Store, name: string, options: LockOptions = {}): Promise<Lock | undefined> {
  checkOptions<LockOptions>('tryLock', options, { leaseMs: rule.timer(1), timeout: rule.span, signal: rule.object })
  const { leaseMs = 30_000 } = options
  const key = `lock:${name}`
  const holder = randomUUID()
  let goodUntil = performance.now() + leaseMs
  if (!(await store.add(key, holder, { ttlMs: leaseMs }))) return undefined

  /** Resolves to false when somebody else holds the lock by now. */
  const renew = async (): Promise<boolean> => {
    const begun = performance.now()
    const found = await store.get(key)
    if (found?.value !== holder) return false
    const isRenewed = await store.set(key, holder, { ttlMs: leaseMs, ifVersion: found.version })
    if (isRenewed) goodUntil = begun + leaseMs
    return isRenewed
  }
  const giveBack = async (): Promise<void> => {
    const found = await store.get(key)
    if (found?.value === holder) await store.delete(key, { ifVersion: found.version })
  }

  try {
    const token = await drawFencingToken(store, key)
    // The lease may have run out while the token was drawn; then a later holder may have a higher one.
    if (await renew()) return held(token, leaseMs, { renew, giveBack, goodUntil: () => goodUntil })
  } catch (error) {
    await giveBack().catch(() => {})
    throw error
  }
  return undefined
}

interface Lease {
  readonly renew: () => Promise<boolean>
  readonly giveBack: () => Promise<void>
  readonly goodUntil: () => number
}

function held(token: number, leaseMs: number, { renew, giveBack, goodUntil }: Lease): Lock {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let releasing: Promise<void> | undefined

  const lose = (): void => {
    clearTimeout(timer)
    controller.abort(lostError())
  }
  const beat = async (): Promise<void> => {
    // A store that is away does not mean that the lock is gone: the lease still runs.
    const isMine = await renew().catch(() => performance.now() < goodUntil())
    if (controller.signal.aborted || releasing) return
    if (isMine) schedule()
    else lose()
  }
  const schedule = (): void => {
    const left = goodUntil() - performance.now()
    if (left <= 0) lose()
    else timer = setTimeout(() => void beat(), Math.min(leaseMs / 4, left))
  }
  const release = (): Promise<void> => {
    clearTimeout(timer)
    // If this fails, the lease runs out by itself.
    releasing ??= giveBack().catch(() => {})
    return releasing
  }

  schedule()
  return { token, signal: controller.signal, release, [Symbol.asyncDispose]: release }
}

function timeoutError(name: string, timeout: number): DingTalkError {
  const problem = `The lock ${name} was not to be had within ${timeout} ms: somebody else holds it. Wait longer, or do without.`
  return new DingTalkError(problem, { code: 'ERR_LOCK_TIMEOUT' })
}

function lostError(): DingTalkError {
  const problem =
    'The lock was lost: it could not be renewed before its lease ran out, so somebody else may hold it. Stop what it guards.'
  return new DingTalkError(problem, { code: 'ERR_LOCK_LOST' })
}
