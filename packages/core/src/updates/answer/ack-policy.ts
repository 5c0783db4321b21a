import { constantAck } from '@dingware/transport'
import type { Reply, UpdateKind } from '../update.ts'

/**
 * Time of the answer (ack) to an update: `early` as soon as it is accepted, `late` when its handler has ended, or at
 * the platform's deadline.
 */
export type AckTime = 'early' | 'late'

/** Options for when messages and events are acknowledged. */
export interface AckOptions {
  /**
   * Messages (`chatbot` and `delegate`). Default `early`: the platform waits 3 s, and a language model takes longer.
   * With `late`, a handler that throws is answered with an error.
   */
  readonly chatbot?: AckTime | undefined
  /** Events. Default `late`: events are pushed again if they are not acknowledged, so a failed one is not lost. */
  readonly event?: AckTime | undefined
}

/** Answers to one kind of update, by situation; `undefined` means no answer. */
export interface AckPolicy {
  /** Answer when it is accepted. */
  readonly admitted?: Reply
  /** Answer when a waiting handler takes it; if missing, that handler answers. */
  readonly taken?: Reply
  /** Answer when its handler has ended without an answer of its own. */
  readonly ended: Reply
  /** Answer when its handler threw. */
  readonly failed: Reply
  /** Answer when it is still unanswered after this many milliseconds. */
  readonly overdue?: { readonly after: number; readonly reply: Reply }
  /** Answer when it is delivered again while its handler runs. */
  readonly running: Reply
  /** Answer when it is delivered again after its handler has succeeded. */
  readonly done: Reply
  /** Number of failed runs after which it is given up. */
  readonly maxRuns?: number
}

const reply = (data: unknown, code = 200, message = 'OK'): Reply => constantAck({ code, message, data })

const OK = reply({ response: null })
const EMPTY = reply({ response: {} })
const FAILED = reply({ response: null }, 500, 'the handler failed')
const TOO_LATE = reply({ response: null }, 500, 'the handler did not answer in time')
const UNANSWERED = reply({ response: null }, 404, 'no handler answered')
const SUCCESS = reply({ status: 'SUCCESS', message: 'ok' })
export const later = (message: string): Reply => reply({ status: 'LATER', message })

/** The platform waits 3 s for most answers (appendix-b-proposals-for-rational-use-of-resources). */
const DEADLINE = 2_500
/** It waits 2 s for the answer to a card (event-callback-card). */
const CARD_DEADLINE = 1_500
/** Limit for events whose handler always throws. */
const MAX_EVENT_RUNS = 3

const message: Record<AckTime, AckPolicy> = {
  early: { admitted: OK, taken: OK, ended: OK, failed: OK, running: OK, done: OK },
  late: { taken: OK, ended: OK, failed: FAILED, overdue: { after: DEADLINE, reply: OK }, running: OK, done: OK },
}

const event: Record<AckTime, AckPolicy> = {
  early: { admitted: SUCCESS, taken: SUCCESS, ended: SUCCESS, failed: SUCCESS, running: SUCCESS, done: SUCCESS },
  late: {
    taken: SUCCESS,
    ended: SUCCESS,
    failed: later('the handler failed'),
    overdue: { after: DEADLINE, reply: later('the handler still runs') },
    running: later('the handler still runs'),
    done: SUCCESS,
    maxRuns: MAX_EVENT_RUNS,
  },
}

const card: AckPolicy = {
  ended: EMPTY,
  failed: EMPTY,
  overdue: { after: CARD_DEADLINE, reply: EMPTY },
  running: EMPTY,
  done: EMPTY,
}

const question: AckPolicy = {
  ended: UNANSWERED,
  failed: FAILED,
  overdue: { after: DEADLINE, reply: TOO_LATE },
  running: TOO_LATE,
  done: UNANSWERED,
}

/** Answers by kind of update. */
export function ackPolicies({
  chatbot = 'early',
  event: eventTime = 'late',
}: AckOptions = {}): Readonly<Record<UpdateKind, AckPolicy>> {
  return {
    chatbot: message[chatbot],
    delegate: message[chatbot],
    event: event[eventTime],
    card,
    graph: question,
    dynamicData: question,
    topic: message.late,
  }
}

/** Policy for a message that cannot be saved: answered when its handler has ended, whatever the option says. */
export const LATE_MESSAGE: AckPolicy = message.late

/** Policy for a saved update, which has been answered before. */
export const KEPT: AckPolicy = message.early

/** Last answer to an event that has failed too often. */
export const GIVEN_UP: Reply = SUCCESS
