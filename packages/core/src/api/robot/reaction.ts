import { ApiError, type Logger, messageOf, NetworkError, redact } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import type { Caller } from '../caller.ts'

/** Best effort, within this time. Milliseconds. */
const TIMEOUT = 5_000
/** A reaction may race with a message that has just arrived. Milliseconds before each try. */
const ADD_TRIES = [0, 400, 1_200] as const
const REMOVE_TRIES = [0, 1_500, 3_000] as const

/** What a reaction hangs on. */
export interface Reactable {
  readonly msgId: string
  readonly conversationId: string
}

export interface Reactions {
  /** Puts a reaction on a message that somebody sent. @returns whether it is there. Never throws. */
  readonly add: (message: Reactable, text: string) => Promise<boolean>
  /** Takes it away; the text must be the same. @returns whether it is gone. Never throws. */
  readonly remove: (message: Reactable, text: string) => Promise<boolean>
}

/**
 * Creates reactions: the nearest thing to "typing…", which the platform has not. The API is undocumented, so nothing may
 * depend on it: it is tried for five seconds, and a failure is told by a debug line only.
 */
export function createReactions(api: Pick<Caller, 'call'>, robotCode: () => string, logger: Logger): Reactions {
  const attempt = async (
    action: 'reply' | 'recall',
    message: Reactable,
    text: string,
    delays: readonly number[],
  ): Promise<boolean> => {
    // Without both there is nothing that it could hang on.
    if (message.msgId.trim() === '' || message.conversationId.trim() === '') return false
    // Not `AbortSignal.timeout`: its timer would go on for five seconds after the reaction is there.
    const controller = new AbortController()
    const { signal } = controller
    const timer = setTimeout(() => controller.abort(new Error('it took too long')), TIMEOUT)
    const call = {
      method: 'POST',
      path: `/v1.0/robot/emotion/${action}`,
      body: bodyOf(robotCode(), message, text),
      signal,
    } as const
    try {
      for (const delay of delays) {
        try {
          await sleep(delay, signal)
          await api.call(call)
          return true
        } catch (error) {
          logger.debug(`A reaction did not work. ${redact(messageOf(error))}`)
          if (!mayPass(error)) return false
        }
      }
      return false
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    add: (message, text) => attempt('reply', message, text, ADD_TRIES),
    remove: (message, text) => attempt('recall', message, text, REMOVE_TRIES),
  }
}

function mayPass(error: unknown): boolean {
  return (
    error instanceof NetworkError || (error instanceof ApiError && (error.status >= 500 || error.code === 'system.err'))
  )
}

/** A text reaction in the look of the client; to take it away, the same body must be sent. */
function bodyOf(robotCode: string, { msgId, conversationId }: Reactable, text: string): object {
  return {
    robotCode,
    openMsgId: msgId,
    openConversationId: conversationId,
    emotionType: 2,
    emotionName: text,
    textEmotion: { emotionId: '2659900', emotionName: text, text, backgroundId: 'im_bg_1' },
  }
}
