import type { Clock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { ApiAnswer } from '../http/answers.ts'
import type { FaultQueue } from './queue.ts'
import type { GatewayFault } from './types.ts'

/** Lets an armed fault answer an open call; undefined when the call is to be answered as usual. */
export async function gatewayAnswer(
  armed: FaultQueue<GatewayFault>,
  clock: Clock,
  closed: AbortSignal,
): Promise<ApiAnswer | undefined> {
  const fault = armed.take()
  if (!fault) return undefined
  const { delay, status, body = '', contentType } = fault
  if (delay !== undefined) await sleep(delay, clock, closed)
  if (closed.aborted) return { status: 503, body: '' }
  if (status === undefined) return undefined
  return { status, body, ...(contentType && { contentType }) }
}
