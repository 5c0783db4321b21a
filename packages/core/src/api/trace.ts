import { tracingChannel } from 'node:diagnostics_channel'
import type { ApiCall } from './api-call.ts'

/** For machines: each call of the platform, its repeats included in it. */
const calls = tracingChannel('dingware.api')

/** What the subscribers of `dingware.api` get; without query and body, which hold what people wrote, and tokens. */
export interface ApiTrace {
  readonly method: string
  readonly base: 'api' | 'oapi' | 'webhook'
  readonly path: string
}

/** Runs a call in the tracing channel; costs nothing while nobody listens. */
export async function traced(call: ApiCall, run: () => Promise<unknown>): Promise<unknown> {
  if (!calls.hasSubscribers) return run()
  let answer: unknown
  // The channel would publish what the call resolves to, and answers hold tokens and signed addresses.
  await calls.tracePromise(async () => {
    answer = await run()
  }, traceOf(call))
  return answer
}

function traceOf({ method, base = 'api', path }: ApiCall): ApiTrace {
  return { method, base, path: path.split('?')[0] ?? path }
}
