import { DingTalkError } from '@dingware/transport'

export function waitTimeoutError(ms: number): DingTalkError {
  const message = `Nobody answered within ${ms} ms, so the wait was given up. Catch ERR_WAIT_TIMEOUT, or wait longer with the option \`timeout\`.`
  return new DingTalkError(message, { code: 'ERR_WAIT_TIMEOUT' })
}

export function tooManyWaitsError(max: number): DingTalkError {
  const message = `${max} waits are open already, so this one was refused. Give waits a shorter \`timeout\`.`
  return new DingTalkError(message, { code: 'ERR_TOO_MANY_WAITS' })
}

/** Stop errors by identity, since a thrown value may be a proxy that cannot be inspected. */
const stopped = new WeakSet<object>()

export function stoppedError(message = 'The bot is stopping: no answer will come any more.'): DingTalkError {
  const error = new DingTalkError(message, { code: 'ERR_STOPPED' })
  stopped.add(error)
  return error
}

/**
 * Reason with which handlers' signals abort at the end of `stop()`. Not among the stop errors, since work was lost and
 * has to be reported.
 */
export function timeIsOverError(): DingTalkError {
  const message = 'The bot is stopping, and the time that its handlers had to end in is over.'
  return new DingTalkError(message, { code: 'ERR_STOPPED' })
}

/** True if an error means only that a wait ended because the bot stopped. */
export function isStoppedError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && stopped.has(error)
}
