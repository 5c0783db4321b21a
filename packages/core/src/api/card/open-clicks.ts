import type { Exchange } from '../../updates/answer/exchange.ts'
import { clickOf } from '../../updates/callback/callback.ts'
import {
  ackInsteadOf,
  type CardParts,
  type CardResponse,
  parseUpdateBody,
  withCurrent,
} from '../../updates/callback/card-answer.ts'
import type { CardMemory } from '../../updates/callback/card-memory.ts'
import { isEmpty, paramsOf } from '../../updates/callback/card-variables.ts'
import { placeOf } from '../../updates/callback/space.ts'
import type { Reply, Update } from '../../updates/update.ts'
import { sleep } from '../../utils/sleep.ts'
import type { ApiMiddleware } from '../api-call.ts'
import { createGroups } from './groups.ts'
import { isUpdateCall } from './update-call.ts'

/** A click, and the answer to it. */
export interface AnswerableClick {
  readonly update: Update
  readonly exchange: Exchange
}

/** The clicks whose answer the platform waits for, by card. */
export interface OpenClicks {
  /** A click has come. */
  readonly open: (update: Update, exchange: Exchange) => void
  /**
   * Answers a click with a change of its card.
   * @returns the parts of the change that have to reach people by an update, because the answer does not.
   */
  readonly answer: (click: AnswerableClick, change: CardResponse, message?: string) => CardParts
  /** Puts an update of a card that is clicked just now into the answer, and ends these times for it. */
  readonly middleware: ApiMiddleware
  /** Resolves when no click on a card waits for its answer: those that still do get an empty one. */
  readonly answered: (outTrackId: string, signal?: AbortSignal) => Promise<void>
}

interface OpenClick extends AnswerableClick {
  readonly userId: string
}

/** Milliseconds that an answer gets on its way before an update follows it on another. */
const HEAD_START = 50
const EMPTY: Reply = { code: 200, message: 'OK', data: { response: {} } }
/** The platform's answer to an update. */
const UPDATED = { success: true, result: true }

/** Creates the open clicks of a bot: the update API is not to be called inside of a callback (event-callback-card). */
export function createOpenClicks({ newest }: Pick<CardMemory, 'newest'>): OpenClicks {
  const clicks = createGroups<OpenClick>()
  const justAnswered = createGroups<Promise<void>>()

  const answer = ({ update, exchange }: AnswerableClick, change: CardResponse, message = 'OK'): CardParts => {
    const { outTrackId = '' } = clickOf(update) ?? {}
    const response = withCurrent(change, newest(update, outTrackId)?.current)
    const isInTime = exchange.respond({ ...EMPTY, message, data: { response } })
    // It reaches the one who clicked alone (message-card-sending-and-updating); what is late, nobody.
    return { card: !isInTime || !isSeenByOne(update), private: !isInTime }
  }

  return {
    open(update, exchange) {
      const { outTrackId = '', userId = '' } = clickOf(update) ?? {}
      if (outTrackId === '') return
      const leave = clicks.add(outTrackId, { exchange, userId, update })
      exchange.onClose(() => {
        leave()
        const arrived = sleep(HEAD_START)
        void arrived.then(justAnswered.add(outTrackId, arrived))
      })
    },
    answer,
    async middleware(call, next) {
      // Of a body that is made right before the network nobody knows yet what it says.
      const update = isUpdateCall(call) && !call.prepare ? parseUpdateBody(call.body) : undefined
      if (!update) return next()
      const open = clicks.of(update.outTrackId)
      for (const click of open) {
        const change = ackInsteadOf(update, click.userId)
        const rest = change && answer(click, change)
        if (!rest || rest.private) continue
        if (!rest.card || isEmpty(paramsOf(update.cardData))) return UPDATED
        break
      }
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
function isSeenByOne(update: Update): boolean {
  const { card } = update
  const click = clickOf(update)
  return !card?.isShared && (card?.place ?? (click && placeOf(click)))?.type === 'private'
}
