import { expect, test } from 'vitest'
import type { InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import { type Filter, filterEntries, firstFilter, toggleKind } from './filter.ts'
import { apply, nothingYet } from './use-timeline.ts'

function entry(id: number, more: Partial<InspectorEntry> = {}): InspectorEntry {
  return {
    id,
    at: id,
    kind: 'push',
    direction: 'down',
    title: '',
    conversationIds: [],
    state: 'ok',
    preview: '',
    replayable: false,
    ...more,
  }
}

const entries = [
  entry(1, { conversationIds: ['c1'] }),
  entry(2, { kind: 'ack', state: 'late', conversationIds: ['c1', 'c2'] }),
  entry(3, { kind: 'call', state: 'failed' }),
  entry(4, { kind: 'system' }),
]

test.each<[string, Partial<Filter>, number[]]>([
  ['everything but the pings', {}, [1, 2, 3]],
  ['one conversation', { conversationId: 'c1' }, [1, 2]],
  ['calls alone', { kinds: ['call'] }, [3]],
  ['what failed', { failed: true }, [3]],
  ['what was late', { late: true }, [2]],
  ['both', { failed: true, late: true }, [2, 3]],
  ['no kind', { kinds: [] }, []],
])('shows %s', (_, filter, ids) => {
  const shown = filterEntries(entries, { ...firstFilter, conversationId: undefined, ...filter })
  expect(shown.map(({ id }) => id)).toEqual(ids)
})

test('a kind is switched on and off', () => {
  const without = toggleKind(firstFilter, 'ack')
  expect(without.kinds).toEqual(['push', 'call', 'violation'])
  expect(toggleKind(without, 'ack').kinds).toContain('ack')
})

test('a newer state takes the place of an entry, and the oldest go when there are too many', () => {
  const first = apply(nothingYet, { type: 'timeline', run: 'r', entries: [entry(1), entry(2)], most: 2 })
  const changed = apply(first, { type: 'entries', entries: [entry(1, { state: 'late' })] })
  expect([...changed.entries.values()].map(({ id, state }) => [id, state])).toEqual([
    [1, 'late'],
    [2, 'ok'],
  ])
  const more = apply(changed, { type: 'entries', entries: [entry(3)] })
  expect([...more.entries.keys()]).toEqual([2, 3])
  expect([...apply(more, { type: 'timeline', run: 'r', entries: [], most: 2 }).entries]).toEqual([])
})
