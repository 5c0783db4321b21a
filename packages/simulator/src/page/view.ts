import type { SimulatorEvent } from '../events.ts'
import type { Hub } from '../gateway/hub.ts'
import type { ConnectionInfo } from '../gateway/types.ts'
import type { Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { PageConversation, PageEvent, PageMessage, PageUser } from './protocol.ts'

/** What the page is told at first. */
export function snapshot(world: World, hub: Hub): PageEvent {
  return {
    type: 'snapshot',
    users: [...world.people.values()].map(toPageUser),
    conversations: [...world.conversations.values()].map(toPageConversation),
    messages: world.messages.map(toPageMessage),
    connections: openCount(hub.infos()),
  }
}

/** What the page is told of an event; undefined when it is none of its business. */
export function toPageEvent(event: SimulatorEvent): PageEvent | undefined {
  switch (event.type) {
    case 'user':
      return { type: 'user', user: toPageUser(event.user) }
    case 'conversation':
      return { type: 'conversation', conversation: toPageConversation(event.conversation) }
    case 'message':
      return { type: 'message', message: toPageMessage(event.message) }
    case 'connections':
      return { type: 'connections', connections: openCount(event.connections) }
    default:
      return undefined
  }
}

export function toPageMessage({ id, conversationId, at, from, content }: Message): PageMessage {
  return { id, conversationId, at, from, content }
}

function toPageUser({ userId, nick }: Person): PageUser {
  return { userId, nick }
}

function toPageConversation({ conversationId, type, title, memberIds }: Conversation): PageConversation {
  return { conversationId, type, title, memberIds }
}

function openCount(connections: readonly ConnectionInfo[]): number {
  return connections.filter(({ state }) => state === 'open').length
}
