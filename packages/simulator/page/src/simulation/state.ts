import type { PageConversation, PageEvent, PageMessage, PageUser } from '../../../src/page/protocol.ts'

/** Everything the simulator has told this page. */
export interface Simulation {
  /** Whether the first snapshot has arrived. */
  readonly loaded: boolean
  readonly users: ReadonlyMap<string, PageUser>
  readonly conversations: ReadonlyMap<string, PageConversation>
  /** Messages by conversation, oldest first. */
  readonly messages: ReadonlyMap<string, readonly PageMessage[]>
  /** The state that is being received anew after the connection broke; missing when it is complete. */
  readonly retelling?: Retelling | undefined
  /** Of the simulator. */
  readonly run?: string
  readonly connections: number
  /** The number of messages that bots have recalled since the page was opened. */
  readonly recalls: number
}

interface Retelling {
  /** The number of older messages that are still to come. */
  readonly left: number
  /** Ids of messages known from before, and not told again yet: those that never are have gone meanwhile. */
  readonly stale: ReadonlySet<string>
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
      return withOlder(state, event.messages)
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

// A snapshot is the truth: after a restart of the simulator nothing of the old run may stay on the screen. After the line
// broke within a run, though, whoever reads further up keeps what is read there until it has been told again.
function fromSnapshot(state: Simulation, snapshot: Snapshot): Simulation {
  const { run, older, connections } = snapshot
  const newest = byConversation(snapshot.messages)
  const told = new Set(snapshot.messages.map(({ id }) => id))
  const isSameRun = run === state.run && older > 0
  const stale = new Set<string>()
  for (const list of isSameRun ? state.messages.values() : []) {
    for (const { id } of list) if (!told.has(id)) stale.add(id)
  }
  const messages = new Map<string, Messages>(newest)
  for (const [id, list] of isSameRun ? state.messages : []) {
    messages.set(id, [...list.filter(message => stale.has(message.id)), ...(newest.get(id) ?? [])])
  }
  return {
    ...state,
    run,
    loaded: true,
    users: new Map(snapshot.users.map(user => [user.userId, user])),
    conversations: new Map(snapshot.conversations.map(one => [one.conversationId, one])),
    messages,
    retelling: older > 0 ? { left: older, stale } : undefined,
    connections,
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

/** Older messages stand before all that was told so far, and after what has not been told again yet. */
function withOlder(state: Simulation, older: Messages): Simulation {
  const told = new Set(older.map(({ id }) => id))
  const stale = new Set([...(state.retelling?.stale ?? [])].filter(id => !told.has(id)))
  const left = (state.retelling?.left ?? 0) - older.length
  const messages = new Map(state.messages)
  const parts = byConversation(older)
  for (const [id, part] of parts) {
    const known = state.messages.get(id) ?? []
    const before = known.filter(message => stale.has(message.id))
    const after = known.filter(message => !stale.has(message.id) && !told.has(message.id))
    messages.set(id, [...before, ...part, ...after].slice(-messagesKept))
  }
  if (left > 0) return { ...state, messages, retelling: { left, stale } }
  if (stale.size === 0) return { ...state, messages, retelling: undefined }
  const withoutStale = (list: Messages) => list.filter(({ id }) => !stale.has(id))
  return {
    ...state,
    messages: new Map([...messages].map(([id, list]) => [id, withoutStale(list)])),
    retelling: undefined,
  }
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
