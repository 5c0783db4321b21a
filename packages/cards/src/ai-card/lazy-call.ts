import { type ApiCall, DingTalkError } from '@dingware/core'

/** A call whose body is made anew when its turn has come, so that it carries what is newest by then. */
export interface LazyCall {
  readonly request: ApiCall
  /** Gives the call up, unless it is on its way: then its end has to be waited for, or it may overtake what follows. */
  readonly drop: () => void
  /** Says that the call has ended: a step that repeats it later repeats what was sent last. */
  readonly settle: () => void
}

/**
 * Creates one.
 *
 * @param call with the body as it is now, which steps of `api.use` see.
 * @param newest makes the body that is sent, for each try.
 */
export function lazyCall(call: Omit<ApiCall, 'prepare' | 'signal'>, newest: () => object): LazyCall {
  const controller = new AbortController()
  let isDropped = false
  let isSettled = false
  let sent: { readonly body: unknown } | undefined
  const prepare = (body: unknown): unknown => {
    if (isSettled) return sent ? sent.body : body
    if (isDropped) throw dropped()
    // A step that gave the call another body has the last word.
    sent = { body: body === call.body ? newest() : body }
    return sent.body
  }
  return {
    request: { ...call, prepare, signal: controller.signal },
    drop() {
      isDropped = true
      if (!sent) controller.abort(dropped())
    },
    settle() {
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
