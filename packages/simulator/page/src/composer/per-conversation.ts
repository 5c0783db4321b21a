import { useState } from 'preact/hooks'

type Change<Value> = (conversationId: string, change: (before: Value) => Value) => void

/** A state that each conversation has its own of, and keeps while another is open: drafts, who speaks, what failed. */
export function usePerConversation<Value>(conversationId: string, initial: Value): [Value, Change<Value>] {
  const [values, setValues] = useState<ReadonlyMap<string, Value>>(() => new Map())
  const of = (map: ReadonlyMap<string, Value>, id: string) => map.get(id) ?? initial
  const change: Change<Value> = (id, next) => setValues(map => new Map(map).set(id, next(of(map, id))))
  return [of(values, conversationId), change]
}
