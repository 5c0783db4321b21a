import { type ApiCall, DingTalkError } from '@dingware/core'

/** A call whose body is made when its turn has come, so that it carries what is newest by then. */
export interface LazyCall {
  readonly request: ApiCall
  /** Gives the call up, unless it is on its way: then its end has to be waited for, or it may overtake what follows. */
  readonly drop: () => void
  /** The call has ended: its body is what was sent last. */
  readonly settle: () => void
}

/**
 * Creates one. The rate limit and the retries of `api.call` read the body last of all, right before it is sent, and
 * again for each try.
 */
export function lazyCall(call: Omit<ApiCall, 'body' | 'signal'>, build: () => object): LazyCall {
  const controller = new AbortController()
  let isDropped = false
  let isSettled = false
  let last: object | undefined
  return {
    request: {
      ...call,
      signal: controller.signal,
      get body() {
        if (isSettled) return last
        if (isDropped) throw dropped()
        last = build()
        return last
      },
    },
    drop() {
      isDropped = true
      if (last === undefined) controller.abort(dropped())
    },
    settle() {
      // Test kits keep calls, and look at their bodies later.
      last ??= isDropped ? undefined : build()
      isSettled = true
    },
  }
}

export function isDropped(error: unknown): boolean {
  return DingTalkError.isInstance(error) && error.code === 'ERR_FRAME_DROPPED'
}

function dropped(): DingTalkError {
  return new DingTalkError(
    'A frame of an AI card was not sent, because the card ends now and the end carries its text.',
    {
      code: 'ERR_FRAME_DROPPED',
    },
  )
}
