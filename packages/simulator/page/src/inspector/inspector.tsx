import './inspector.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { EntryKind, InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { useStored } from '../storage/use-stored.ts'
import { Detail } from './detail.tsx'
import { filterEntries, firstFilter } from './filter.ts'
import { EntryList } from './list.tsx'
import { QuotaMeters } from './meters.tsx'
import { inspectorTexts } from './texts.ts'
import { Toolbar } from './toolbar.tsx'
import { useTimeline } from './use-timeline.ts'

/** Milliseconds after the last key until the server is asked. */
const PAUSE = 200

/** The traffic: every frame, ack and API call in one line of time, of this conversation or of all. */
export function Inspector({ conversationId }: { conversationId: string | undefined }) {
  const texts = useTexts(inspectorTexts)
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState(firstFilter)
  const [scope, setScope] = useStored('dingware.inspector.scope', 'here')
  const [choice, choose] = useState<{ readonly run: string; readonly id: number } | undefined>(undefined)
  const { run, entries, loaded, meters } = useTimeline(useSettled(search))
  const everywhere = scope === 'everything' || conversationId === undefined
  const place = everywhere ? undefined : conversationId
  const counts = useMemo(() => countKinds(entries.values(), place), [entries, place])
  const shown = useMemo(
    () => filterEntries(entries.values(), { ...filter, conversationId: place }),
    [entries, filter, place],
  )
  // After a restart of the simulator another entry has this id.
  const chosen = choice?.run === run ? choice.id : undefined
  const entry = chosen === undefined ? undefined : entries.get(chosen)
  return (
    <div class="inspector">
      <QuotaMeters meters={meters} />
      <Toolbar
        search={search}
        onSearch={setSearch}
        filter={filter}
        onFilter={setFilter}
        everywhere={everywhere}
        onEverywhere={all => setScope(all ? 'everything' : 'here')}
        conversationId={conversationId}
        counts={counts}
      />
      {loaded && shown.length === 0 ? (
        <p class="inspector-empty">{entries.size === 0 && search === '' ? texts.nothing : texts.nothingFits}</p>
      ) : (
        <EntryList key={`${run} ${place ?? ''}`} entries={shown} chosen={chosen} onChoose={id => choose({ run, id })} />
      )}
      {entry && <Detail key={entry.id} entry={entry} onClose={() => choose(undefined)} />}
    </div>
  )
}

function countKinds(entries: Iterable<InspectorEntry>, conversationId: string | undefined) {
  const counts: Record<EntryKind, number> = { push: 0, ack: 0, call: 0, violation: 0, system: 0 }
  for (const { kind, conversationIds } of entries) {
    if (conversationId === undefined || conversationIds.includes(conversationId)) counts[kind] += 1
  }
  return counts
}

/** A value once it has stayed the same for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
