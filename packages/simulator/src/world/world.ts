import type { Clock } from '../clock/clock.ts'
import type { Bus } from '../utils/bus.ts'
import { stableId } from '../utils/random.ts'
import { type Conversations, createConversations } from './conversations.ts'
import { createMessages, type Messages } from './messages.ts'
import type { App, Message, Person, WorldEvent } from './types.ts'

/** The organisation: its apps and people, their conversations and messages. */
export interface World extends Messages, Conversations {
  readonly corpId: string
  readonly apps: ReadonlyMap<string, App>
  readonly people: ReadonlyMap<string, Person>
  addApp(app: { clientId: string; clientSecret: string; name: string }): App
  /** Finds the person of that name, or creates them. */
  person(nick: string): Person
  /** Whether somebody sees a message. */
  sees(message: Message, userId: string): boolean
}

export function createWorld(deps: { corpId: string; clock: Clock; bus: Pick<Bus<WorldEvent>, 'emit'> }): World {
  const { corpId, clock, bus } = deps
  const apps = new Map<string, App>()
  const people = new Map<string, Person>()
  const chats = createConversations({ corpId, apps, bus })

  return {
    corpId,
    apps,
    people,
    ...chats,
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
    sees({ conversationId, recipients }, userId) {
      const isMember = chats.conversations.get(conversationId)?.memberIds.includes(userId) ?? false
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
