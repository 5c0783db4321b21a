import type { ApiMiddleware } from '../api/api-call.ts'
import type { Exchange } from '../updates/answer/exchange.ts'
import { parseCardCallback } from '../updates/callback/callback.ts'
import { ackInsteadOf, type CardUpdate, parseUpdateBody, withCurrent } from '../updates/callback/card-answer.ts'
import type { CardMemory } from '../updates/callback/card-memory.ts'
import { isEmpty, paramsOf } from '../updates/callback/card-variables.ts'
import { placeOf } from '../updates/callback/space.ts'
import type { Reply, Update } from '../updates/update.ts'
import { sleep } from '../utils/sleep.ts'

/** Periods in which the platform waits for the answer to a click, by card. */
export interface CallbackWindows {
  /** Starts the period of a click. */
  readonly open: (update: Update, exchange: Exchange) => void
  /** Moves an update of a card that was just clicked into the answer to the click, and so ends the period. */
  readonly middleware: ApiMiddleware
  /** Resolves when no click on the card waits for its answer any more: open ones get an empty answer. */
  readonly answered: (outTrackId: string, signal?: AbortSignal) => Promise<void>
}

interface Click {
  readonly userId: string
  readonly exchange: Exchange
  readonly update: Update
}

/**
 * Head start of an answer before an update of the same card is sent, in milliseconds, since they take different ways.
 */
const HEAD_START = 50
const EMPTY: Reply = { code: 200, message: 'OK', data: { response: {} } }
/** Answer of the update API. */
const UPDATED = { success: true, result: true }

/**
 * Tracks the clicks of a bot that await their answer: the update API must not be called during a callback
 * (event-callback-card).
 */
export function createCallbackWindows({ newest }: Pick<CardMemory, 'newest'>): CallbackWindows {
  const clicks = createGroups<Click>()
  const justAnswered = createGroups<Promise<void>>()

  /**
   * Puts an update into the answer to one of the open clicks. @returns that click; `undefined` if it fits into none.
   */
  const intoAnswer = (open: readonly Click[], update: CardUpdate): Click | undefined =>
    open.find(({ exchange, userId, update: click }) => {
      const whole = withCurrent(update, newest(click, update.outTrackId)?.current)
      const response = ackInsteadOf(whole, userId)
      return response !== undefined && exchange.respond({ ...EMPTY, data: { response } })
    })

  return {
    open(update, exchange) {
      if (update.kind !== 'card') return
      const { outTrackId, userId } = parseCardCallback(update.raw)
      if (outTrackId === '') return
      const leave = clicks.add(outTrackId, { exchange, userId, update })
      exchange.onClose(() => {
        leave()
        const arrived = sleep(HEAD_START)
        const leaveToo = justAnswered.add(outTrackId, arrived)
        void arrived.then(leaveToo)
      })
    },
    async middleware(call, next) {
      if (call.method !== 'PUT' || call.path !== '/v1.0/card/instances') return next()
      const update = parseUpdateBody(call.body)
      if (!update) return next()
      const open = clicks.of(update.outTrackId)
      const answered = intoAnswer(open, update)
      // The answer reaches only the person who clicked (message-card-sending-and-updating).
      if (answered && (isEmpty(paramsOf(update.cardData)) || isSeenByOne(answered.update))) return UPDATED
      // The handler of that click may be the one that waits here.
      for (const { exchange } of open) exchange.respond(EMPTY)
      return next()
    },
    async answered(outTrackId, signal) {
      for (;;) {
        for (const { exchange } of clicks.of(outTrackId)) exchange.respond(EMPTY)
        const leaving = justAnswered.of(outTrackId)
        if (leaving.length === 0) return
        signal?.throwIfAborted()
        // Another click may come meanwhile.
        await Promise.all(leaving)
      }
    },
  }
}

/** True if only the person who clicked sees the card: in a private chat, when it was sent to no one else. */
export function isSeenByOne({ raw, card }: Update): boolean {
  return !card?.isShared && (card?.place ?? placeOf(parseCardCallback(raw)))?.type === 'private'
}

interface Groups<T> {
  /** Adds an item. @returns a function that removes it. */
  readonly add: (key: string, item: T) => () => void
  readonly of: (key: string) => readonly T[]
}

/** Creates sets by key; an empty set is removed. */
function createGroups<T>(): Groups<T> {
  const groups = new Map<string, Set<T>>()
  return {
    add(key, item) {
      groups.set(key, (groups.get(key) ?? new Set()).add(item))
      return () => {
        const group = groups.get(key)
        group?.delete(item)
        if (group?.size === 0) groups.delete(key)
      }
    },
    of: key => [...(groups.get(key) ?? [])],
  }
}
