import * as v from 'valibot'
import type { Update } from '../update/update.ts'

const Origin = v.object({ conversationId: v.string(), senderId: v.fallback(v.string(), '') })

/** Conversation and sender of a message; other updates have no order. */
export function conversationAndSender({ raw }: Update): string | undefined {
  const result = v.safeParse(Origin, raw)
  return result.success ? `${result.output.conversationId} ${result.output.senderId}` : undefined
}
