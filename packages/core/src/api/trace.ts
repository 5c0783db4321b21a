import { tracingChannel } from 'node:diagnostics_channel'
import type { ApiCall } from './api-call.ts'

/** Diagnostics channel of API calls; one entry covers all retries of a call. */
const calls = tracingChannel('dingware.api')

/** Data for subscribers of `dingware.api`, without query and body, which hold tokens and what people wrote. */
export interface ApiTrace {
  readonly method: string
  readonly base: 'api' | 'oapi' | 'webhook'
  readonly path: string
}

/** Runs a call in the tracing channel; costs nothing while nobody subscribes. */
export async function traced(call: ApiCall, run: () => Promise<unknown>): Promise<unknown> {
  if (!calls.hasSubscribers) return run()
  let answer: unknown
  // The channel would publish the answer, which may hold tokens and signed addresses.
  await calls.tracePromise(async () => {
    answer = await run()
  }, traceOf(call))
  return answer
}

function traceOf({ method, base = 'api', path }: ApiCall): ApiTrace {
  return { method, base, path: path.split('?')[0] ?? path }
}
