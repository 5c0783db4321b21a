import { ApiError, type Logger, NetworkError, redact } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import type { Caller } from '../caller.ts'

/** Time limit for all tries together, in milliseconds. */
const PATIENCE = 5_000
/** Delays before each try, in milliseconds: a message that has just arrived may not be known yet. */
const ADD_TRIES = [0, 400, 1_200] as const
const REMOVE_TRIES = [0, 1_500, 3_000] as const

/** Message that a reaction belongs to. */
export interface Reactable {
  readonly msgId: string
  readonly conversationId: string
}

export interface Reactions {
  /** Adds a reaction to a message. Never throws. @returns true if it was added. */
  readonly add: (message: Reactable, text: string) => Promise<boolean>
  /** Removes a reaction; the text must be the same. Never throws. @returns true if it was removed. */
  readonly remove: (message: Reactable, text: string) => Promise<boolean>
}

/**
 * Creates reactions, the nearest thing to "typing…", which the platform lacks. The API is undocumented, so nothing may
 * depend on it: it is tried for five seconds, and a failure is logged at debug level only.
 */
export function createReactions(api: Pick<Caller, 'call'>, robotCode: () => string, logger: Logger): Reactions {
  const attempt = async (
    action: 'reply' | 'recall',
    message: Reactable,
    text: string,
    delays: readonly number[],
  ): Promise<boolean> => {
    // Without both ids there is no message to react to.
    if (message.msgId.trim() === '' || message.conversationId.trim() === '') return false
    // Not `AbortSignal.timeout`, whose timer would go on for five seconds after success.
    const controller = new AbortController()
    const { signal } = controller
    const timer = setTimeout(() => controller.abort(new Error('it took too long')), PATIENCE)
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
          logger.debug(`A reaction did not work. ${redact(error instanceof Error ? error.message : String(error))}`)
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

/** A text reaction in the style of the client; removing it takes the same body. */
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
