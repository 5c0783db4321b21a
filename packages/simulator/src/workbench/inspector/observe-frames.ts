import type { FrameRecord, Settled } from '../../gateway/types.ts'
import { setBounded } from '../../utils/bounded.ts'
import type { World } from '../../world/world.ts'
import type { ConversationFinder } from './conversation-finder.ts'
import { type AckFrame, asksForLater, dataOf, type PushFrame, readAck, readPush } from './frames.ts'
import type { Mask } from './mask.ts'
import { previewOf } from './preview.ts'
import type { EntryState, InspectorEntry } from './protocol.ts'
import type { Facts, Timeline } from './timeline.ts'

/** Pushes that are remembered, so that an ack finds its push. */
const PUSHES_KEPT = 10_000

export interface Frames {
  frame(record: FrameRecord): void
  /** Writes the result of a push into its entry. */
  settled(settled: Settled): void
  /** The entry of the last frame, when it was against the protocol and read like this: the reason is told after it. */
  offender(raw: string): number | undefined
}

export interface FramesDeps {
  readonly timeline: Timeline
  readonly finder: ConversationFinder
  readonly mask: Mask
  readonly world: Pick<World, 'messages'>
}

/** Writes frames into the timeline, each ack beside its push. */
export function observeFrames({ timeline, finder, mask, world }: FramesDeps): Frames {
  const pushes = new Map<string, number>()
  let offender: { readonly id: number; readonly raw: string } | undefined

  function pushOf(connectionId: string, messageId: string): InspectorEntry | undefined {
    return timeline.items.get(pushes.get(`${connectionId} ${messageId}`) ?? 0)?.entry
  }

  function write(facts: Facts, record: FrameRecord): number {
    const sequence = world.messages.at(-1)?.sequence ?? 0
    return timeline.add(facts, { kind: 'frame', record, sequence }).entry.id
  }

  function down(record: FrameRecord): void {
    const push = readPush(record)
    const id = write(pushFacts(record, push, { finder, mask }), record)
    if (push) setBounded(pushes, `${record.connectionId} ${push.headers.messageId}`, id, PUSHES_KEPT)
  }

  function up(record: FrameRecord): void {
    const ack = readAck(record)
    const push = ack && pushOf(record.connectionId, ack.headers.messageId)
    const outcome = outcomeOf(record, ack, push)
    const id = write(ackFacts(record, ack, push, mask, outcome), record)
    if (record.verdict === 'violation') offender = { id, raw: record.raw }
    else if (push) timeline.change(push.id, outcome)
  }

  return {
    frame: record => (record.direction === 'down' ? down(record) : up(record)),
    settled({ connectionId, messageId, result }) {
      const push = pushOf(connectionId, messageId)
      if (push?.state !== 'waiting' || result.status === 'acked' || result.status === 'undelivered') return
      // Nobody minds a ping, or the word that it is over, when the connection ends.
      const state = push.kind === 'system' && result.status === 'closed' ? 'ok' : 'failed'
      timeline.change(push.id, { state, note: { kind: result.status } })
    },
    offender(raw) {
      const last = offender
      offender = undefined
      return last?.raw === raw ? last.id : undefined
    },
  }
}

function pushFacts(
  record: FrameRecord,
  push: PushFrame | undefined,
  { finder, mask }: Pick<FramesDeps, 'finder' | 'mask'>,
): Facts {
  const data = push ? dataOf(push) : record.raw
  const isSystem = push?.type === 'SYSTEM'
  const headers: PushFrame['headers'] | undefined = push?.headers
  const topic = headers?.topic ?? ''
  return {
    at: record.at,
    kind: isSystem ? 'system' : 'push',
    direction: 'down',
    title: push?.type === 'EVENT' ? (headers?.eventType ?? topic) : topic,
    conversationIds: isSystem ? [] : finder.ofFrame(data),
    state: push ? 'waiting' : 'ok',
    preview: previewOf(mask(data, 'push')),
    replayable: push !== undefined && !isSystem,
  }
}

type Outcome = Pick<Facts, 'state' | 'code' | 'duration' | 'note'>

/** The outcome that an ack gives to its own entry and to that of its push. */
function outcomeOf(record: FrameRecord, ack: AckFrame | undefined, push: InspectorEntry | undefined): Outcome {
  return {
    state: ackState(record, ack?.code),
    ...(ack && { code: ack.code }),
    ...(push && { duration: record.at - push.at }),
    ...(ack && asksForLater(ack.data) && { note: { kind: 'later' } as const }),
  }
}

function ackFacts(
  record: FrameRecord,
  ack: AckFrame | undefined,
  push: InspectorEntry | undefined,
  mask: Mask,
  outcome: Outcome,
): Facts {
  return {
    at: record.at,
    kind: push?.kind === 'system' ? 'system' : 'ack',
    direction: 'up',
    title: push?.title ?? '',
    conversationIds: push?.conversationIds ?? [],
    preview: previewOf(mask(ack ? dataOf(ack) : record.raw, 'push')),
    replayable: false,
    ...outcome,
  }
}

function ackState({ verdict }: FrameRecord, code: number | undefined): EntryState {
  if (verdict === 'violation' || (code !== undefined && code !== 200)) return 'failed'
  return verdict === 'late' ? 'late' : 'ok'
}
