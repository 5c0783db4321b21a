import type { PageConversation, PageEvent, PageMessage, PageUser } from '../../../src/page/protocol.ts'

/** Everything the simulator has told this page. */
export interface Simulation {
  /** Whether the first snapshot has arrived. */
  readonly loaded: boolean
  readonly users: ReadonlyMap<string, PageUser>
  readonly conversations: ReadonlyMap<string, PageConversation>
  /** Messages by conversation, oldest first. */
  readonly messages: ReadonlyMap<string, readonly PageMessage[]>
  readonly connections: number
  /** How often a bot has taken a message back since the page was opened. */
  readonly recalls: number
}

type Snapshot = Extract<PageEvent, { type: 'snapshot' }>

/** As many as the simulator keeps. */
const messagesKept = 10_000

export const nothingYet: Simulation = {
  loaded: false,
  users: new Map(),
  conversations: new Map(),
  messages: new Map(),
  connections: 0,
  recalls: 0,
}

/** Applies one event. An event of a type this page does not know changes nothing, so that the server may grow first. */
export function apply(state: Simulation, event: PageEvent): Simulation {
  switch (event.type) {
    case 'snapshot':
      return fromSnapshot(state, event)
    case 'older':
      return { ...state, messages: withOlder(state.messages, event.messages) }
    case 'user':
      return { ...state, users: put(state.users, event.user.userId, event.user) }
    case 'conversation': {
      const { conversation } = event
      return { ...state, conversations: put(state.conversations, conversation.conversationId, conversation) }
    }
    case 'message':
      return change(state, event.message.conversationId, list => withMessage(list, event.message))
    case 'recalled': {
      const changed = change(state, event.conversationId, list =>
        replace(list, event.id, message => ({ ...message, content: { kind: 'recalled' } })),
      )
      return { ...changed, recalls: state.recalls + 1 }
    }
    case 'read':
      return change(state, event.conversationId, list => withReader(list, new Set(event.ids), event.userId))
    case 'reactions': {
      const { id, reactions } = event
      return change(state, event.conversationId, list => replace(list, id, message => ({ ...message, reactions })))
    }
    case 'connections':
      return { ...state, connections: event.connections }
    default:
      return state
  }
}

// A snapshot is the whole truth: after a restart of the simulator nothing of the old run may stay on the screen.
function fromSnapshot(state: Simulation, snapshot: Snapshot): Simulation {
  return {
    ...state,
    loaded: true,
    users: new Map(snapshot.users.map(user => [user.userId, user])),
    conversations: new Map(snapshot.conversations.map(one => [one.conversationId, one])),
    messages: byConversation(snapshot.messages),
    connections: snapshot.connections,
  }
}

function byConversation(messages: Messages): Map<string, PageMessage[]> {
  const lists = new Map<string, PageMessage[]>()
  for (const message of messages) {
    const list = lists.get(message.conversationId)
    if (list === undefined) lists.set(message.conversationId, [message])
    else list.push(message)
  }
  return lists
}

function withOlder(known: Simulation['messages'], older: Messages): Simulation['messages'] {
  const next = new Map(known)
  for (const [id, list] of byConversation(older)) {
    next.set(id, [...list, ...(known.get(id) ?? [])].slice(-messagesKept))
  }
  return next
}

type Messages = readonly PageMessage[]

function change(state: Simulation, conversationId: string, work: (list: Messages) => Messages): Simulation {
  const list = state.messages.get(conversationId) ?? []
  return { ...state, messages: put(state.messages, conversationId, work(list)) }
}

function withMessage(list: Messages, message: PageMessage): Messages {
  if (list.findLastIndex(({ id }) => id === message.id) >= 0) return replace(list, message.id, () => message)
  return [...list.slice(-(messagesKept - 1)), message]
}

function withReader(list: Messages, ids: ReadonlySet<string>, userId: string): Messages {
  return list.map(message => {
    const { id, readBy = [] } = message
    return ids.has(id) && !readBy.includes(userId) ? { ...message, readBy: [...readBy, userId] } : message
  })
}

function replace(list: Messages, id: string, work: (message: PageMessage) => PageMessage): Messages {
  const index = list.findLastIndex(message => message.id === id)
  const old = list[index]
  return old === undefined ? list : list.with(index, work(old))
}

function put<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value)
}
