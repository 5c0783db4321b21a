import type { ApiMiddleware } from '../api-call.ts'

/** Lets a call that has a `prepare` make its body, for this try: what comes after sees what is sent, and nothing to call. */
export const prepared: ApiMiddleware = async (call, next) => {
  if (!call.prepare) return next()
  const { prepare, ...rest } = call
  return next({ ...rest, body: await prepare(rest.body) })
}
