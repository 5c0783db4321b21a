import './entries.css'
import type { RefObject } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { stepOf } from '../virtual/step.ts'
import { useVirtualizer } from '../virtual/use-virtualizer.ts'
import { Row } from './row.tsx'
import { inspectorTexts } from './texts.ts'

/** Pixels of a row: all are alike, so that ten thousand need not be measured. */
const ROW = 46
const nearEnd = 60

interface Props {
  readonly entries: readonly InspectorEntry[]
  readonly chosen: number | undefined
  readonly onChoose: (id: number) => void
}

/** The timeline. One stop for Tab; the arrows go through it. It follows its end as long as the reader is there. */
export function EntryList({ entries, chosen, onChoose }: Props) {
  const texts = useTexts(inspectorTexts)
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const at = entries.findIndex(entry => entry.id === chosen)
  const virtualizer = useEntries(entries, scroller)
  const atEnd = entries.length === 0 || virtualizer.scrollOffset === null || virtualizer.isAtEnd(nearEnd)
  useScrolling(virtualizer, at, chosen)
  const move = (event: KeyboardEvent) => {
    const entry = entryAt(entries, at, event.key)
    if (!entry) return
    event.preventDefault()
    onChoose(entry.id)
  }
  return (
    <div class="entries-frame">
      <div
        class="entries"
        role="listbox"
        tabIndex={0}
        aria-label={texts.traffic}
        aria-activedescendant={at >= 0 ? `${id}-${chosen}` : undefined}
        data-testid="inspector-entries"
        ref={scroller}
        onKeyDown={move}
      >
        <div class="entries-content" role="presentation" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = entries[index]
            return (
              entry && (
                <Entry
                  key={key}
                  id={`${id}-${entry.id}`}
                  entry={entry}
                  isChosen={entry.id === chosen}
                  position={index + 1}
                  count={entries.length}
                  start={start}
                  onChoose={onChoose}
                />
              )
            )
          })}
        </div>
      </div>
      {!atEnd && chosen === undefined && <ToNewest onClick={() => virtualizer.scrollToEnd()} />}
    </div>
  )
}

function ToNewest({ onClick }: { readonly onClick: () => void }) {
  const texts = useTexts(inspectorTexts)
  return (
    <button type="button" class="button entries-to-end" onClick={onClick}>
      <Icon name="down" /> {texts.toNewest}
    </button>
  )
}

/** Begins at the end. The details open below and take room: what they are of must stay in view. */
function useScrolling(virtualizer: ReturnType<typeof useEntries>, at: number, chosen: number | undefined): void {
  useLayoutEffect(() => virtualizer.scrollToEnd(), [])
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
  }, [chosen])
}

/** The entry that a key leads to from the one at `at`; undefined for other keys. */
function entryAt(entries: readonly InspectorEntry[], at: number, key: string): InspectorEntry | undefined {
  const next = stepOf(key, at < 0 ? entries.length : at, entries.length)
  return next === undefined ? undefined : entries[Math.max(0, Math.min(entries.length - 1, next))]
}

function useEntries(entries: readonly InspectorEntry[], scroller: RefObject<HTMLDivElement>) {
  return useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: index => entries[index]?.id ?? index,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
  })
}

interface EntryProps {
  readonly id: string
  readonly entry: InspectorEntry
  readonly isChosen: boolean
  /** Its position among `count` entries, from 1. */
  readonly position: number
  readonly count: number
  /** Pixels from the top of the list. */
  readonly start: number
  readonly onChoose: (id: number) => void
}

function Entry({ id, entry, isChosen, position, count, start, onChoose }: EntryProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: and the keys
    <div
      id={id}
      class="entry"
      role="option"
      aria-selected={isChosen}
      aria-posinset={position}
      aria-setsize={count}
      data-testid="inspector-entry"
      data-kind={entry.kind}
      data-state={entry.state}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onChoose(entry.id)}
    >
      <Row entry={entry} />
    </div>
  )
}
