import './entries.css'
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
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: index => entries[index]?.id ?? index,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
  })
  const atEnd = entries.length === 0 || virtualizer.scrollOffset === null || virtualizer.isAtEnd(nearEnd)
  useLayoutEffect(() => virtualizer.scrollToEnd(), [])
  // The details open below and take room: what they are of must stay in view.
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' })
  }, [chosen])

  const move = (event: KeyboardEvent) => {
    const next = stepOf(event.key, at < 0 ? entries.length : at, entries.length)
    const entry = next === undefined ? undefined : entries[Math.max(0, Math.min(entries.length - 1, next))]
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
                // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus
                // biome-ignore lint/a11y/useKeyWithClickEvents: and the keys
                <div
                  key={key}
                  id={`${id}-${entry.id}`}
                  class="entry"
                  role="option"
                  aria-selected={entry.id === chosen}
                  aria-posinset={index + 1}
                  aria-setsize={entries.length}
                  data-testid="inspector-entry"
                  data-kind={entry.kind}
                  data-state={entry.state}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={() => onChoose(entry.id)}
                >
                  <Row entry={entry} />
                </div>
              )
            )
          })}
        </div>
      </div>
      {!atEnd && chosen === undefined && (
        <button type="button" class="button entries-to-end" onClick={() => virtualizer.scrollToEnd()}>
          <Icon name="down" /> {texts.toNewest}
        </button>
      )}
    </div>
  )
}
