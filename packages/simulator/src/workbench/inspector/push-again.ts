import { CARD_DEADLINE, CARD_TOPIC } from '../../apis/card/click.ts'
import { DYNAMIC_TOPIC } from '../../apis/card/pull.ts'
import type { Delivery, PushRequest } from '../../gateway/types.ts'
import { readPush } from './frames.ts'
import type { Item } from './timeline.ts'

/** Headers that are the delivery's own; the others are the payload's, as `eventId`. */
const OF_DELIVERY: readonly string[] = ['appId', 'connectionId', 'contentType', 'messageId', 'time', 'topic']

/** The request that pushes an entry again, under a new delivery id; undefined for an entry that was no push. */
export function pushAgain({ source }: Item): PushRequest | undefined {
  const push = source.kind === 'frame' && source.record.direction === 'down' ? readPush(source.record) : undefined
  if (!push || push.type === 'SYSTEM') return undefined
  const { type, headers, data } = push
  return { type, topic: headers.topic, data, headers: ownHeaders(headers), ...deadlineOf(headers.topic) }
}

export function ownHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_DELIVERY.includes(name)))
}

/** Cards wait 2 s for an answer, everything else as long as the simulator is set to. */
export function deadlineOf(topic: string): Pick<PushRequest, 'deadline'> {
  return topic === CARD_TOPIC || topic === DYNAMIC_TOPIC ? { deadline: CARD_DEADLINE } : {}
}

export type PushFrame = (request: PushRequest) => Promise<Delivery>
