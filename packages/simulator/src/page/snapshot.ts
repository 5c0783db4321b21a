import type { Message } from '../world/types.ts'
import type { PageEvent } from './protocol.ts'
import { openCount, toPageConversation, toPageMessage, toPageUser, type ViewDeps } from './view.ts'

/** Messages of each conversation that come first: more than a screen holds, and few enough to be there at once. */
const NEWEST = 100
/** Messages in each event with older ones, so that a page stays usable while it reads them. */
const PART = 2_500

/** The current state, for a page that has just been opened: a snapshot with the newest messages, then the older ones in parts. */
export function* snapshotEvents(deps: ViewDeps, run: string): Generator<PageEvent> {
  const { world, hub } = deps
  const { newest, older } = split(world.messages)
  const draw = (messages: readonly Message[]) => messages.map(message => toPageMessage(deps, message))
  yield {
    type: 'snapshot',
    run,
    users: [...world.people.values()].map(toPageUser),
    conversations: [...world.conversations.values()].map(conversation => toPageConversation(world, conversation)),
    messages: draw(newest),
    older: older.length,
    connections: openCount(hub.infos()),
  }
  for (let end = older.length; end > 0; end -= PART) {
    yield { type: 'older', messages: draw(older.slice(Math.max(0, end - PART), end)) }
  }
}

/** Parts the newest messages of each conversation from the others; both keep their order. */
function split(messages: readonly Message[]): { readonly newest: Message[]; readonly older: Message[] } {
  const counts = new Map<string, number>()
  const newest: Message[] = []
  const older: Message[] = []
  for (const message of messages.toReversed()) {
    const count = counts.get(message.conversationId) ?? 0
    counts.set(message.conversationId, count + 1)
    const part = count < NEWEST ? newest : older
    part.push(message)
  }
  return { newest: newest.reverse(), older: older.reverse() }
}
