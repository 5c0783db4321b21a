import type { Reply, UpdateKind } from '../update.ts'

/** When to answer. `early`: as soon as the update is admitted. `late`: when its handler ended, or at the deadline. */
export type AckTime = 'early' | 'late'

export interface AckOptions {
  /** Messages (chatbot and delegate). Default `early`: the platform waits 3 s, a language model takes longer. */
  readonly chatbot?: AckTime | undefined
  /** Events. Default `late`: only events are pushed again by contract, so nothing is lost. */
  readonly event?: AckTime | undefined
}

/** The answers to one kind of update. `undefined` means: no answer at this moment. */
export interface AckPolicy {
  /** When it is admitted. */
  readonly admitted?: Reply
  /** When a handler that waited for it has got it. Missing: that handler answers. */
  readonly taken?: Reply
  /** When its handler ended without an answer of its own. */
  readonly ended: Reply
  /** When its handler threw. */
  readonly failed: Reply
  /** When it is still unanswered after so many milliseconds. */
  readonly overdue?: { readonly after: number; readonly reply: Reply }
  /** When it comes again while its handler runs. */
  readonly running: Reply
  /** When it comes again after its handler succeeded. */
  readonly done: Reply
  /** How many runs that throw before it is given up. */
  readonly maxRuns?: number
}

const reply = (data: unknown, code = 200, message = 'OK'): Reply => ({ code, message, data })

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
/** A poisonous event must not come back for ever. */
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

/** When and what to answer, by kind. */
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

/** A message that cannot be kept safe is answered when it has ended, whatever was asked for. */
export const LATE_MESSAGE: AckPolicy = message.late

/** For what was kept, and answered before. */
export const KEPT: AckPolicy = message.early

/** What a poisonous event gets at last. */
export const GIVEN_UP: Reply = SUCCESS
