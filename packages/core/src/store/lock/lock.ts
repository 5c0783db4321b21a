import { randomUUID } from 'node:crypto'
import { checkOptions, DingTalkError, rule } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import type { Store } from '../store.ts'
import { drawFencingToken } from './fencing.ts'

export interface LockOptions {
  /** How long a lock outlives the process that held it, in milliseconds. It is renewed at a quarter of that. Default 30,000. */
  readonly leaseMs?: number | undefined
  /** How long to wait for it, in milliseconds. Default: as long as it takes. */
  readonly timeout?: number | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** A lock that is held. */
export interface Lock extends AsyncDisposable {
  /**
   * Higher than that of everyone who held the lock before. What is guarded can refuse a lower one than it has seen: it comes
   * from a holder that was asleep while its lease ran out, and does not know it yet.
   */
  readonly token: number
  /** Aborts when the lock is lost: the store was away, or this process asleep, for longer than the lease. */
  readonly signal: AbortSignal
  /** Gives it back. Safe to call twice; never rejects. */
  release(): Promise<void>
}

/** Milliseconds between two looks at a lock that somebody else holds. */
const LOOK_AGAIN = 50

/**
 * Takes a lock that holds in all processes on the store, or waits for it. It renews itself until it is released.
 *
 * @throws DingTalkError `ERR_LOCK_TIMEOUT`; the signal's reason; what the store throws.
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
    // At random, so that those who wait do not all ask at once.
    await sleep(LOOK_AGAIN * (1 + Math.random()), signal)
  }
}

/** Takes a lock if nobody holds it. @see acquireLock */
export async function tryLock(store: Store, name: string, options: LockOptions = {}): Promise<Lock | undefined> {
  checkOptions<LockOptions>('tryLock', options, { leaseMs: rule.timer(1), timeout: rule.span, signal: rule.object })
  const { leaseMs = 30_000 } = options
  const key = `lock:${name}`
  const holder = randomUUID()
  let goodUntil = performance.now() + leaseMs
  if (!(await store.add(key, holder, { ttlMs: leaseMs }))) return undefined

  /** @returns false when it is somebody else's. */
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
    // It may have run out while the token was drawn; then another's may be higher.
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
    // A store that is away is not an answer: the lease still runs.
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
    // What cannot be given back runs out by itself.
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
