import type { Logger } from '@dingware/core'
import { sleep } from '@dingware/core/plugin'
import { LONGEST_TIMER } from '@dingware/transport'
import type { CallApi } from '../deliver/deliver.ts'
import { isGone, isKeyRefused, isReview, reasonOf } from '../deliver/failure.ts'
import { type Say, sayReviewed } from '../deliver/message.ts'
import { endFrame, endUpdate, saysMore } from './calls.ts'
import { createDeadline } from './deadline.ts'
import { type PersistResult, persist } from './persist.ts'
import { type CardRecord, finalText, refusedRecord } from './record.ts'

export interface EndDeps {
  readonly call: CallApi
  readonly log: Logger
  /** Milliseconds that one try may take. */
  readonly timeout: number
  /** Aborts when it is too late. */
  readonly signal: AbortSignal
  /** Whether frames of this card were refused for good, so that the stream need not be asked again. */
  readonly isRefused: boolean
  /** Whether a frame was taken, so that the variable that streams is surely the right one. */
  readonly wasShown: boolean
  /** The reason for which nothing that is sent to this card will ever be seen: the platform does not know it, or not its variable. */
  readonly lost?: { readonly reason: unknown } | undefined
  /** A refusal by the review of contents, where there was one already. */
  readonly review?: unknown
  /** Told why the last frame was refused for good. */
  readonly onRefused?: (error: unknown) => void
  /** Says one message instead. */
  readonly say: Say
}

export interface Ended {
  /** `card`: it shows its end, or is gone. `message`: the text went out, and the card is stuck. `open`: nothing got through. */
  readonly how: 'card' | 'message' | 'open'
  /** As it ended: with a notice, where the text was refused. */
  readonly record: CardRecord
  /** The refusal by the review of contents. */
  readonly review?: unknown
  /** The reason for which the text went out as a message. */
  readonly fallback?: { readonly reason: unknown } | undefined
}

/**
 * Milliseconds for the last frame where an update can end the card as well: a stream that is out of order for longer than
 * that must not keep people before a card that spins.
 */
const STREAM_TIMEOUT = 10_000

/**
 * Ends a card: the last frame, and then the update that sets the state of templates which do not follow the stream.
 * Where the stream is refused or out of order, the update carries all; where that is refused too, a message does. What the review of contents
 * refuses is never sent again in any way, and the card ends with a notice. Never rejects.
 */
export async function endCard(record: CardRecord, deps: EndDeps): Promise<Ended> {
  if (deps.review !== undefined) return endRefused(record, deps, deps.review)
  const ended = await endAs(record, deps)
  if (ended.review === undefined || ended.how === 'message') return ended
  deps.log.warn(`The text of an AI card is not shown: ${reasonOf(ended.review)}`, { outTrackId: record.outTrackId })
  return endRefused(record, deps, ended.review)
}

/** Ends it with a notice; where not even that passes, with nothing: better than a card that spins for ever. */
async function endRefused(record: CardRecord, deps: EndDeps, review: unknown): Promise<Ended> {
  const noticed = refusedRecord(record)
  const ended = await endAs(noticed, deps)
  const isRefused = ended.how === 'open' && ended.review !== undefined
  return { ...(isRefused ? await endAs({ ...noticed, text: '', emptyText: '' }, deps) : ended), review }
}

async function endAs(record: CardRecord, deps: EndDeps): Promise<Ended> {
  const { call, signal, timeout, log, lost } = deps
  if (lost) return sayInstead(record, deps, lost.reason)
  const streamed = await lastFrame(record, deps)
  const refusal = streamed.ok || streamed.isLate ? undefined : streamed.error
  if (isReview(refusal)) return { how: 'open', record, review: refusal }
  if (isGone(refusal) || isKeyWrong(refusal, deps)) return sayInstead(record, deps, refusal)
  if (!streamed.ok && !streamed.isLate && !deps.isRefused) deps.onRefused?.(streamed.error)
  if (streamed.ok && !saysMore(record)) return { how: 'card', record }
  const updated = await persist(() => call({ ...endUpdate(record), timeout, signal }), signal)
  if (updated.ok) return { how: 'card', record }
  if (isReview(updated.error)) return { how: 'open', record, review: updated.error }
  const { outTrackId } = record
  if (streamed.ok && !updated.isLate) {
    log.warn(`A card has ended, but its last update was refused: ${reasonOf(updated.error)}`, { outTrackId })
    return { how: 'card', record }
  }
  if (streamed.ok || updated.isLate) return { how: 'open', record }
  return sayInstead(record, deps, updated.error)
}

async function lastFrame(record: CardRecord, deps: EndDeps): Promise<PersistResult> {
  const { call, timeout } = deps
  // No update ends a card without a state: what was said of frames may not hold for the last.
  if (deps.isRefused && record.statusKey !== '') return { ok: false, isLate: false, error: undefined }
  using deadline = createDeadline(record.statusKey === '' ? LONGEST_TIMER : STREAM_TIMEOUT, deps.signal)
  const { signal } = deadline
  const send = (): Promise<PersistResult> => {
    const frame = endFrame(record)
    return persist(() => call({ ...frame, timeout, signal }), signal)
  }
  const first = await send()
  // It is said of one frame as well, so another has to be refused likewise.
  return !first.ok && isKeyWrong(first.error, deps) ? send() : first
}

function isKeyWrong(error: unknown, { wasShown }: EndDeps): boolean {
  return isKeyRefused(error) && !wasShown
}

/** Says the text as a message, and closes the card as far as there is one. */
async function sayInstead(record: CardRecord, deps: EndDeps, reason: unknown): Promise<Ended> {
  const { log, say } = deps
  const { outTrackId, deliveredAt, refusedText, title } = record
  // Nobody has ever seen it.
  if (isGone(reason) && deliveredAt === 0) return { how: 'card', record }
  const text = finalText(record)
  const fallback = { reason }
  if (record.told || text === '') return { how: isGone(reason) ? 'card' : 'message', record, fallback }
  log.warn(`A card could not be ended, so its text goes out as a message: ${reasonOf(reason)}`, { outTrackId })
  try {
    const review = await sayReviewed(say, title, text, refusedText)
    const closed = await close(record, deps, reason)
    const ended = review === undefined ? record : refusedRecord(record)
    return { how: closed ? 'card' : 'message', record: ended, fallback, ...(review !== undefined && { review }) }
  } catch (error) {
    log.error(`The text of a card could not be sent as a message either: ${reasonOf(error)}`, { outTrackId })
    return isReview(error)
      ? { how: 'message', record: refusedRecord(record), fallback, review: error }
      : { how: 'open', record, fallback }
  }
}

/** Ends what spins, where the text is not to be seen on it. @returns whether nothing is left to be done. */
async function close(record: CardRecord, { call, signal, timeout }: EndDeps, reason: unknown): Promise<boolean> {
  if (isGone(reason)) return true
  if (!isKeyRefused(reason)) return false
  const update = endUpdate({ ...record, text: '', status: 'failed', variables: record.bare })
  return (await persist(() => call({ ...update, timeout, signal }), signal)).ok
}

/** Milliseconds that a client needs between two frames, or it shows a finished card as "内容加载失败". */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, signal).catch(() => {})
}
