import * as v from 'valibot'
import type { Emotions } from '../apis/emotion/store.ts'
import type { Hub } from '../gateway/hub.ts'
import type { ConnectionInfo } from '../gateway/types.ts'
import type { SimulatorEvent } from '../platform/events.ts'
import type { Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type ContentDeps, toPageContent } from './content.ts'
import type { PageConversation, PageEvent, PageMessage, PageUser } from './protocol.ts'

export interface ViewDeps extends ContentDeps {
  readonly world: World
  readonly emotions: Emotions
  readonly hub: Hub
}

/** The page's event for an event of the simulator; undefined for one that the page does not show. */
export function toPageEvent(deps: ViewDeps, event: SimulatorEvent): PageEvent | undefined {
  switch (event.type) {
    case 'user':
      return { type: 'user', user: toPageUser(event.user) }
    case 'conversation':
      return { type: 'conversation', conversation: toPageConversation(deps.world, event.conversation) }
    case 'message':
      return { type: 'message', message: toPageMessage(deps, event.message) }
    case 'recalled':
      return { type: 'recalled', conversationId: event.message.conversationId, id: event.message.id }
    case 'read':
      return {
        type: 'read',
        conversationId: event.message.conversationId,
        userId: event.userId,
        ids: [event.message.id],
      }
    case 'reaction':
      return reactionsTo(deps, event.message.id)
    case 'connections':
      return { type: 'connections', connections: openCount(event.connections) }
    default:
      return undefined
  }
}

export function toPageMessage(deps: ViewDeps, message: Message): PageMessage {
  const { id, conversationId, at, from, content, quoting, mentions, untold, recipients } = message
  const readBy = [...deps.world.readers(id).keys()]
  const reactions = reactionWords(deps.emotions, id)
  return {
    id,
    conversationId,
    at,
    from,
    content: toPageContent(deps, content),
    ...(quoting !== undefined && { quoting }),
    ...(mentions && { mentions }),
    ...(untold && { untold }),
    ...(recipients && { recipients }),
    ...(readBy.length > 0 && { readBy }),
    ...(reactions.length > 0 && { reactions }),
  }
}

export function toPageUser({ userId, nick }: Person): PageUser {
  return { userId, nick }
}

export function toPageConversation({ apps }: Pick<World, 'apps'>, conversation: Conversation): PageConversation {
  const { conversationId, type, title, memberIds, disbanded, robotCodes } = conversation
  const bots = [...apps.values()].filter(({ robotCode }) => robotCodes.includes(robotCode)).map(({ name }) => name)
  return { conversationId, type, title, memberIds, ...(disbanded && { disbanded }), bots }
}

function reactionsTo({ world, emotions }: ViewDeps, id: string): PageEvent | undefined {
  const message = world.messages.findLast(it => it.id === id)
  return (
    message && { type: 'reactions', conversationId: message.conversationId, id, reactions: reactionWords(emotions, id) }
  )
}

const emotion = v.object({ emotionName: v.string(), textEmotion: v.optional(v.object({ text: v.string() })) })

function reactionWords(emotions: Emotions, id: string): string[] {
  return emotions.of(id).flatMap(body => {
    const parsed = v.safeParse(emotion, body)
    return parsed.success ? (parsed.output.textEmotion?.text ?? parsed.output.emotionName) : []
  })
}

export function openCount(connections: readonly ConnectionInfo[]): number {
  return connections.filter(({ state }) => state === 'open').length
}
