import { DingTalkError } from '@dingware/transport'

export function waitTimeoutError(ms: number): DingTalkError {
  const message = `Nobody answered within ${ms} ms, so the wait was given up. Catch ERR_WAIT_TIMEOUT, or wait longer with the option \`timeout\`.`
  return new DingTalkError(message, { code: 'ERR_WAIT_TIMEOUT' })
}

export function tooManyWaitsError(max: number): DingTalkError {
  const message = `${max} waits are open already, so this one was refused. Give waits a shorter \`timeout\`.`
  return new DingTalkError(message, { code: 'ERR_TOO_MANY_WAITS' })
}

/** Ours by identity: what handlers throw may be a proxy that refuses to be looked at. */
const stopped = new WeakSet<object>()

export function stoppedError(message = 'The bot is stopping: no answer will come any more.'): DingTalkError {
  const error = new DingTalkError(message, { code: 'ERR_STOPPED' })
  stopped.add(error)
  return error
}

/** Why the signal of a handler aborts at the end of `stop()`. What was cut off by it is told, for work was lost. */
export function timeIsOverError(): DingTalkError {
  const message = 'The bot is stopping, and the time that its handlers had to end in is over.'
  return new DingTalkError(message, { code: 'ERR_STOPPED' })
}

/** Whether an error only says that a wait ended with the bot. */
export function isStoppedError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && stopped.has(error)
}
