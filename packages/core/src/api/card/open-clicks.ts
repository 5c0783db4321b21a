import type { Exchange } from '../../updates/answer/exchange.ts'
import { parseCardCallback } from '../../updates/callback/callback.ts'
import { ackInsteadOf, type CardUpdate, parseUpdateBody, withCurrent } from '../../updates/callback/card-answer.ts'
import type { CardMemory } from '../../updates/callback/card-memory.ts'
import { isEmpty, paramsOf } from '../../updates/callback/card-variables.ts'
import { placeOf } from '../../updates/callback/space.ts'
import type { Reply, Update } from '../../updates/update.ts'
import { sleep } from '../../utils/sleep.ts'
import type { ApiMiddleware } from '../api-call.ts'

/** The times in which the platform waits for the answer to a click, by card. */
export interface CallbackWindows {
  /** A click has come. */
  readonly open: (update: Update, exchange: Exchange) => void
  /** Puts an update of a card that is clicked just now into the answer, and ends these times for it. */
  readonly middleware: ApiMiddleware
  /** Resolves when no click on a card waits for its answer: those that still do get an empty one. */
  readonly answered: (outTrackId: string, signal?: AbortSignal) => Promise<void>
}

interface Click {
  readonly userId: string
  readonly exchange: Exchange
  readonly update: Update
}

/** Milliseconds that an answer gets on its way before an update follows it on another. */
const HEAD_START = 50
const EMPTY: Reply = { code: 200, message: 'OK', data: { response: {} } }
/** What the platform answers to an update. */
const UPDATED = { success: true, result: true }

/** Creates the windows of a bot: the update API is not to be called inside of a callback (event-callback-card). */
export function createCallbackWindows({ newest }: Pick<CardMemory, 'newest'>): CallbackWindows {
  const clicks = createGroups<Click>()
  const justAnswered = createGroups<Promise<void>>()

  /** Puts an update into the answer to one of the open clicks. @returns that click, if there is one where it fits. */
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
      // The answer reaches the one who clicked alone (message-card-sending-and-updating).
      if (answered && (isEmpty(paramsOf(update.cardData)) || isSeenByOne(answered.update))) return UPDATED
      // Its handler may be the one that waits here.
      for (const { exchange } of open) exchange.respond(EMPTY)
      return next()
    },
    async answered(outTrackId, signal) {
      for (;;) {
        for (const { exchange } of clicks.of(outTrackId)) exchange.respond(EMPTY)
        const leaving = justAnswered.of(outTrackId)
        if (leaving.length === 0) return
        signal?.throwIfAborted()
        // Meanwhile somebody else may click.
        await Promise.all(leaving)
      }
    },
  }
}

/** Whether only the one who clicked sees the card: in a private chat, where it went to no other. */
export function isSeenByOne({ raw, card }: Update): boolean {
  return !card?.isShared && (card?.place ?? placeOf(parseCardCallback(raw)))?.type === 'private'
}

interface Groups<T> {
  /** @returns a function that takes it out again. */
  readonly add: (key: string, item: T) => () => void
  readonly of: (key: string) => readonly T[]
}

/** Creates sets by key; an empty one takes no memory. */
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
