import { type Logger, sleep } from '@dingware/core'
import type { CallApi } from '../deliver/deliver.ts'
import { reasonOf } from '../failure/failure.ts'
import { endFrame, endUpdate } from './calls.ts'
import { type Outcome, persist } from './persist.ts'
import { type CardRecord, finalText } from './record.ts'

export interface EndDeps {
  readonly call: CallApi
  readonly log: Logger
  /** Milliseconds that one try may take. */
  readonly timeout: number
  /** Aborts when it is too late. */
  readonly signal: AbortSignal
  /** Whether frames of this card were refused for good, so that the stream need not be asked again. */
  readonly isRefused: boolean
  /** Told what the last frame was refused with for good. */
  readonly onRefused?: (error: unknown) => void
  /** Says it as a message instead. */
  readonly say: (text: string) => Promise<unknown>
}

/** `card`: it shows its end. `message`: the text went out, and the card is stuck. `open`: nothing got through. */
export type Ended = 'card' | 'message' | 'open'

/** Right after delivery a client shows a finished card as "内容加载失败". Milliseconds. */
const SETTLING = 500
const GONE = /cardNotExist|param\.stream\.outTrackId/

/**
 * Ends a card: the last frame, and then the update that sets the state of templates which do not follow the stream.
 * Where the stream is refused, the update carries all; where that is refused too, a message does. Never rejects.
 */
export async function endCard(record: CardRecord, deps: EndDeps): Promise<Ended> {
  const { call, signal, timeout, log } = deps
  await sleep(Math.min(SETTLING, record.deliveredAt + SETTLING - Date.now()), signal).catch(() => {})
  const frame = endFrame(record)
  const streamed: Outcome = deps.isRefused
    ? { ok: false, isLate: false, error: undefined }
    : await persist(() => call({ ...frame, timeout, signal }), signal)
  if (!streamed.ok && isGone(streamed)) return 'card'
  if (!streamed.ok && !streamed.isLate && !deps.isRefused) deps.onRefused?.(streamed.error)
  const update = endUpdate(record)
  const updated = await persist(() => call({ ...update, timeout, signal }), signal)
  if (updated.ok) return 'card'
  const { outTrackId } = record
  if (streamed.ok && !updated.isLate) {
    log.warn(`A card has ended, but its last update was refused: ${reasonOf(updated.error)}`, { outTrackId })
    return 'card'
  }
  if (streamed.ok || updated.isLate) return 'open'
  log.warn(`A card could not be ended, so its text goes out as a message: ${reasonOf(updated.error)}`, { outTrackId })
  return sayInstead(record, deps)
}

async function sayInstead(record: CardRecord, { say, log }: EndDeps): Promise<Ended> {
  const text = finalText(record)
  if (record.told || text === '') return 'message'
  try {
    await say(text)
    return 'message'
  } catch (error) {
    log.error(`The text of a card could not be sent as a message either: ${reasonOf(error)}`, {
      outTrackId: record.outTrackId,
    })
    return 'open'
  }
}

/** The card was never created: nothing is left to be ended. */
function isGone({ error }: Extract<Outcome, { ok: false }>): boolean {
  return error instanceof Error && 'code' in error && GONE.test(String(error.code))
}
