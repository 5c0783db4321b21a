import type { PageConversation, PageEvent, PageMessage, PageUser } from '../../../src/page/protocol.ts'

/** Everything the simulator has told this page. */
export interface Simulation {
  /** Whether the first snapshot has arrived. */
  readonly loaded: boolean
  readonly users: ReadonlyMap<string, PageUser>
  readonly conversations: ReadonlyMap<string, PageConversation>
  /** Messages by conversation, oldest first. */
  readonly messages: ReadonlyMap<string, readonly PageMessage[]>
  /** How many of the bot's messages came while their conversation was not open. */
  readonly unread: ReadonlyMap<string, number>
  readonly connections: number
}

export type Action = PageEvent | { readonly type: 'read'; readonly conversationId: string }

type Snapshot = Extract<PageEvent, { type: 'snapshot' }>

export const nothingYet: Simulation = {
  loaded: false,
  users: new Map(),
  conversations: new Map(),
  messages: new Map(),
  unread: new Map(),
  connections: 0,
}

/** Applies one event. An event of a type this page does not know changes nothing, so that the server may grow first. */
export function apply(state: Simulation, action: Action): Simulation {
  switch (action.type) {
    case 'snapshot':
      return fromSnapshot(state, action)
    case 'user':
      return { ...state, users: put(state.users, action.user.userId, action.user) }
    case 'conversation':
      return {
        ...state,
        conversations: put(state.conversations, action.conversation.conversationId, action.conversation),
      }
    case 'message':
      return withMessage(state, action.message)
    case 'connections':
      return { ...state, connections: action.connections }
    case 'read':
      return { ...state, unread: put(state.unread, action.conversationId, 0) }
    default:
      return state
  }
}

// A snapshot is the whole truth: after a restart of the simulator nothing of the old run may stay on the screen. Only
// what the user has not read yet is the page's own.
function fromSnapshot(state: Simulation, snapshot: Snapshot): Simulation {
  const messages = new Map<string, PageMessage[]>()
  for (const message of snapshot.messages) {
    const list = messages.get(message.conversationId)
    if (list === undefined) messages.set(message.conversationId, [message])
    else list.push(message)
  }
  return {
    loaded: true,
    users: new Map(snapshot.users.map(user => [user.userId, user])),
    conversations: new Map(snapshot.conversations.map(one => [one.conversationId, one])),
    messages,
    unread: new Map([...state.unread].filter(([conversationId]) => messages.has(conversationId))),
    connections: snapshot.connections,
  }
}

function withMessage(state: Simulation, message: PageMessage): Simulation {
  const { conversationId } = message
  const list = state.messages.get(conversationId) ?? []
  const index = list.findLastIndex(one => one.id === message.id)
  if (index >= 0) return { ...state, messages: put(state.messages, conversationId, list.with(index, message)) }

  const messages = put(state.messages, conversationId, [...list, message])
  if (message.from.kind === 'user') return { ...state, messages }
  const unread = put(state.unread, conversationId, (state.unread.get(conversationId) ?? 0) + 1)
  return { ...state, messages, unread }
}

function put<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value)
}
