import type { Bus } from '../utils/bus.ts'
import { stableId } from '../utils/random.ts'
import type { App, Conversation, Person, WorldEvent } from './types.ts'

/** The chats and groups of an organisation. */
export interface Conversations {
  readonly conversations: ReadonlyMap<string, Conversation>
  /** Finds the group of that title, or creates it; `members` who are not in it yet join. */
  group(title: string, members?: readonly Person[]): Conversation
  /** The chat between one person and one bot. */
  privateChat(person: Person, app: App): Conversation
  /** The chat between two people, into which the bots are invited. */
  singleChat(one: Person, other: Person): Conversation
  /** Dissolves a group. */
  disband(conversationId: string): void
  /** Takes a bot out of a group. */
  removeBot(conversationId: string, robotCode: string): void
}

export interface ConversationsDeps {
  readonly corpId: string
  readonly apps: ReadonlyMap<string, App>
  readonly bus: Pick<Bus<WorldEvent>, 'emit'>
}

export function createConversations({ corpId, apps, bus }: ConversationsDeps): Conversations {
  const conversations = new Map<string, Conversation>()

  function keep(conversation: Conversation): Conversation {
    conversations.set(conversation.conversationId, conversation)
    bus.emit({ type: 'conversation', conversation })
    return conversation
  }

  return {
    conversations,
    group(title, members = []) {
      const made = makeGroup(corpId, title, [...apps.values()])
      const known = conversations.get(made.conversationId)
      const memberIds = [...new Set([...(known?.memberIds ?? []), ...members.map(({ userId }) => userId)])]
      return known?.memberIds.length === memberIds.length ? known : keep({ ...(known ?? made), memberIds })
    },
    privateChat(person, app) {
      const made = makePrivateChat(corpId, person, app)
      return conversations.get(made.conversationId) ?? keep(made)
    },
    singleChat(one, other) {
      const made = makeSingleChat(corpId, [one, other], [...apps.values()])
      return conversations.get(made.conversationId) ?? keep(made)
    },
    disband(conversationId) {
      const group = conversations.get(conversationId)
      if (group) keep({ ...group, disbanded: true })
    },
    removeBot(conversationId, robotCode) {
      const group = conversations.get(conversationId)
      if (group) keep({ ...group, robotCodes: group.robotCodes.filter(it => it !== robotCode) })
    },
  }
}

function makeGroup(corpId: string, title: string, apps: readonly App[]): Conversation {
  // Those of groups are shorter than those of private chats.
  const conversationId = `cid${stableId(corpId, 'group', title).base64.slice(0, 22)}==`
  return { conversationId, type: 'group', title, memberIds: [], robotCodes: apps.map(({ robotCode }) => robotCode) }
}

function makePrivateChat(corpId: string, { userId }: Person, { clientId, name, robotCode }: App): Conversation {
  const conversationId = `cid${stableId(corpId, 'private', userId, clientId).base64}`
  return { conversationId, type: 'private', title: name, memberIds: [userId], robotCodes: [robotCode] }
}

function makeSingleChat(corpId: string, people: readonly Person[], apps: readonly App[]): Conversation {
  const memberIds = people.map(({ userId }) => userId).sort()
  const conversationId = `cid${stableId(corpId, 'single', ...memberIds).base64}`
  const title = people.map(({ nick }) => nick).join('、')
  return { conversationId, type: 'private', title, memberIds, robotCodes: apps.map(({ robotCode }) => robotCode) }
}
