import type { Clock } from '../clock/clock.ts'
import type { Bus } from '../utils/bus.ts'
import { stableId } from '../utils/random.ts'
import { createMessages, type Messages } from './messages.ts'
import type { App, Conversation, Message, Person, WorldEvent } from './types.ts'

/** The organisation: who is in it, where they talk, what was said. */
export interface World extends Messages {
  readonly corpId: string
  readonly apps: ReadonlyMap<string, App>
  readonly people: ReadonlyMap<string, Person>
  readonly conversations: ReadonlyMap<string, Conversation>
  addApp(app: { clientId: string; clientSecret: string; name: string }): App
  /** Finds the person of that name, or takes them on. */
  person(nick: string): Person
  /** Finds the group of that title, or makes it; `members` who are not in it yet join. */
  group(title: string, members?: readonly Person[]): Conversation
  /** The chat between one person and one bot. */
  privateChat(person: Person, app: App): Conversation
  /** The chat between two people, into which the bots are invited. */
  singleChat(one: Person, other: Person): Conversation
  /** Dissolves a group. */
  disband(conversationId: string): void
  /** Takes a bot out of a group. */
  removeBot(conversationId: string, robotCode: string): void
  /** Whether somebody sees a message. */
  sees(message: Message, userId: string): boolean
}

export function createWorld(deps: { corpId: string; clock: Clock; bus: Pick<Bus<WorldEvent>, 'emit'> }): World {
  const { corpId, clock, bus } = deps
  const apps = new Map<string, App>()
  const people = new Map<string, Person>()
  const conversations = new Map<string, Conversation>()

  function keep(conversation: Conversation): Conversation {
    conversations.set(conversation.conversationId, conversation)
    bus.emit({ type: 'conversation', conversation })
    return conversation
  }

  return {
    corpId,
    apps,
    people,
    conversations,
    ...createMessages(clock, bus),
    addApp(app) {
      const added = makeApp(corpId, app)
      apps.set(added.clientId, added)
      return added
    },
    person(nick) {
      const made = makePerson(corpId, nick)
      const known = people.get(made.userId)
      if (known) return known
      people.set(made.userId, made)
      bus.emit({ type: 'user', user: made })
      return made
    },
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
    sees({ conversationId, recipients }, userId) {
      const isMember = conversations.get(conversationId)?.memberIds.includes(userId) ?? false
      return isMember && (recipients?.includes(userId) ?? true)
    },
  }
}

function makeApp(corpId: string, app: { clientId: string; clientSecret: string; name: string }): App {
  const { clientId, clientSecret, name } = app
  const { hex, base64 } = stableId(corpId, 'app', clientId)
  const appId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
  return {
    clientId,
    clientSecret,
    name,
    robotCode: clientId,
    chatbotUserId: `$:LWCP_v1:$${base64.slice(0, 32)}`,
    appId,
  }
}

function makePerson(corpId: string, nick: string): Person {
  const { digits, base64 } = stableId(corpId, 'person', nick)
  const unionId = `${base64.slice(0, 20).replaceAll(/[+/]/g, 'i')}iEiE`
  return { userId: digits, nick, unionId, dingtalkId: `$:LWCP_v1:$${base64.slice(0, 24)}` }
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
