import { DingTalkError } from '@dingware/transport'
import type { Context } from '../../context/context.ts'
import { runOf } from '../../context/update-context.ts'
import { stoppedError } from '../../intake/wait/errors.ts'
import { sleep } from '../../utils/sleep.ts'
import type { Lanes, Ticket } from './lanes.ts'

/**
 * Strategy of `sequentialize` for an update while another with its key runs:
 * - `queue` (default): it waits for its turn, in order of arrival.
 * - `drop`: it is not handled.
 * - `latest`: it aborts `ctx.signal` of the running one and runs next; waiting ones are not handled.
 * - `burst`: updates within `wait` milliseconds of each other are handled as one: the last one runs, with the earlier
 * ones in `ctx.skipped`.
 */
export type Strategy = 'queue' | 'drop' | 'latest' | 'burst'

export interface Tools {
  readonly lanes: Lanes
  readonly wait: number
  readonly maxWaiting: number
}

export type InTurn = (ctx: Context, keys: readonly string[], next: () => Promise<void>) => Promise<void>

export const STRATEGIES: Readonly<Record<Strategy, (tools: Tools) => InTurn>> = { queue, drop, latest, burst }

function queue({ lanes, maxWaiting }: Tools): InTurn {
  return async (ctx, keys, next) => {
    const full = keys.find(key => lanes.length(key) > maxWaiting)
    if (full !== undefined) throw tooMany(maxWaiting)
    await inTurn(ctx, lanes.enter(keys), next)
  }
}

function drop({ lanes }: Tools): InTurn {
  return async (ctx, keys, next) => {
    if (keys.some(key => lanes.length(key) > 0)) {
      ctx.log.debug('An update was not handled: another with its key still runs.')
      return
    }
    await inTurn(ctx, lanes.enter(keys), next)
  }
}

function latest({ lanes }: Tools): InTurn {
  /** Running and waiting contexts, by key. */
  const present = new Map<string, Set<Context>>()
  return async (ctx, keys, next) => {
    for (const other of new Set(keys.flatMap(key => [...(present.get(key) ?? [])]))) abort(other, superseded())
    for (const key of keys) present.set(key, (present.get(key) ?? new Set()).add(ctx))
    try {
      await inTurn(ctx, lanes.enter(keys), next)
    } catch (error) {
      // Being replaced is intended, so it is no error.
      if (!isSuperseded(ctx, error)) throw error
    } finally {
      for (const key of keys) {
        present.get(key)?.delete(ctx)
        if (present.get(key)?.size === 0) present.delete(key)
      }
    }
  }
}

function burst({ lanes, wait }: Tools): InTurn {
  const bursts = new Map<string, Context[]>()
  return async (ctx, keys, next) => {
    const name = JSON.stringify(keys.toSorted())
    const burst = bursts.get(name) ?? []
    bursts.set(name, burst)
    burst.push(ctx)
    // Later updates stand for earlier ones.
    const isLast = (): boolean => burst.at(-1) === ctx
    await lend(ctx, sleep(wait, ctx.signal)).catch(error => {
      bursts.delete(name)
      throw neverBegun(error)
    })
    if (!isLast()) return
    await inTurn(ctx, lanes.enter(keys), async () => {
      // More updates may have come while it waited for its turn.
      if (!isLast()) return
      bursts.delete(name)
      Object.defineProperty(ctx, 'skipped', { value: burst.slice(0, -1), configurable: true })
      await next()
    })
  }
}

/** Runs `next` when it is this update's turn, and lets the following one go afterwards in any case. */
async function inTurn(ctx: Context, ticket: Ticket, next: () => Promise<void>): Promise<void> {
  let release = (): void => {}
  try {
    if (ticket.turn) {
      await lend(ctx, untilAborted(ticket.turn, ctx.signal)).catch(reason => {
        throw neverBegun(reason)
      })
      // It may have been aborted between its turn and its slot.
      if (ctx.signal.aborted) throw neverBegun(ctx.signal.reason)
    }
    release = letGoWhileWaiting(ctx, ticket)
    await next()
  } finally {
    release()
    ticket.leave()
  }
}

/**
 * Maps the error of an update that never began because the bot stopped: no handler is to blame, and `stop()` reports
 * the number of such updates.
 */
function neverBegun(error: unknown): unknown {
  const isTimeOver = error instanceof DingTalkError && error.code === 'ERR_STOPPED'
  return isTimeOver ? stoppedError('The bot stopped before the turn of this update came.') : error
}

/** Lets other updates with the same key run while the handler waits for a person. */
function letGoWhileWaiting(ctx: Context, { leave, comeBack }: Ticket): () => void {
  const release = runOf(ctx)?.hold({
    letGo: leave,
    async takeAgain() {
      const turn = comeBack()
      if (turn) await untilAborted(turn, ctx.signal)
    },
  })
  return release ?? (() => {})
}

function untilAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
  })
}

/** Waits without occupying a slot. */
function lend<T>(ctx: Context, wait: Promise<T>): Promise<T> {
  return runOf(ctx)?.lend(wait) ?? wait
}

function abort(ctx: Context, reason: Error): void {
  runOf(ctx)?.abort(reason)
}

const SUPERSEDED = 'ERR_SUPERSEDED'

function superseded(): DingTalkError {
  return new DingTalkError('A newer update took the place of this one.', { code: SUPERSEDED })
}

/** True if an error results from the abort by a newer update: the reason itself, or an AbortError. */
function isSuperseded({ signal }: Context, error: unknown): boolean {
  const { reason } = signal
  if (!DingTalkError.isInstance(reason) || reason.code !== SUPERSEDED) return false
  return error === reason || (error instanceof Error && (error.name === 'AbortError' || error.cause === reason))
}

function tooMany(maxWaiting: number): DingTalkError {
  const message = `The update was not handled: ${maxWaiting} others with its key wait already. Answer faster, raise \`maxWaiting\`, or choose another strategy.`
  return new DingTalkError(message, { code: 'ERR_TOO_MANY_WAITING' })
}
