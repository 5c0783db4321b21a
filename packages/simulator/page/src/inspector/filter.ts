import type { EntryKind, InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'

/** The filters of the timeline. */
export interface Filter {
  readonly kinds: readonly EntryKind[]
  /** Only what failed, only what was late; with both, either. */
  readonly failed: boolean
  readonly late: boolean
  /** Undefined for everything. */
  readonly conversationId: string | undefined
}

export const kinds: readonly EntryKind[] = ['push', 'ack', 'call', 'violation', 'system']

/** Pings say little: they are there for who asks. */
export const firstFilter: Omit<Filter, 'conversationId'> = {
  kinds: ['push', 'ack', 'call', 'violation'],
  failed: false,
  late: false,
}

export function filterEntries(entries: Iterable<InspectorEntry>, filter: Filter): readonly InspectorEntry[] {
  return [...entries].filter(entry => passes(entry, filter))
}

function passes({ kind, state, conversationIds }: InspectorEntry, filter: Filter): boolean {
  if (!filter.kinds.includes(kind)) return false
  if (filter.conversationId !== undefined && !conversationIds.includes(filter.conversationId)) return false
  if (!filter.failed && !filter.late) return true
  return (filter.failed && state === 'failed') || (filter.late && state === 'late')
}

export function toggleKind({ kinds: chosen, ...rest }: Omit<Filter, 'conversationId'>, kind: EntryKind) {
  const next = chosen.includes(kind) ? chosen.filter(it => it !== kind) : [...chosen, kind]
  return { ...rest, kinds: next }
}
