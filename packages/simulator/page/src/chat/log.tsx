import type { ComponentChildren } from 'preact'
import { useCallback, useMemo, useRef } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { stepOf } from '../virtual/step.ts'
import { arrange } from './arrange.ts'
import { EmptyLog } from './empty.tsx'
import { StillMessage } from './message.tsx'
import { chatTexts } from './texts.ts'
import { useLog } from './use-log.ts'

interface Props {
  readonly name: string
  readonly viewerId: string
  readonly messages: readonly PageMessage[]
  readonly onReply: (message: PageMessage) => void
  /** Somebody takes what an empty chat proposes to say. */
  readonly onTry: (text: string) => void
}

/** The messages of one conversation; give it the conversation as `key`, so that each begins at its end. */
export function MessageLog({ name, viewerId, messages, onReply, onTry }: Props) {
  const texts = useTexts(chatTexts)
  const { scroller, virtualizer, atBottom, toBottom, goTo, activeId } = useLog(messages, viewerId)
  const rows = useMemo(() => arrange(messages), [messages])
  const indexes = useMemo(() => new Map(messages.map(({ id }, index) => [id, index])), [messages])

  const goToId = useGoToId(indexes, goTo)
  const move = (event: KeyboardEvent) => {
    const next = stepOf(event.key, indexes.get(activeId ?? '') ?? messages.length - 1, messages.length)
    if (next === undefined || isInControl(event.target)) return
    event.preventDefault()
    goTo(next)
  }
  return (
    <div class="log-frame">
      {messages.length === 0 && <EmptyLog onTry={onTry} />}
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={texts.messagesIn(name)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        ref={scroller}
        onKeyDown={move}
      >
        <div class="log-content" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index]
            return (
              row && (
                <LogRow key={key} index={index} start={start} measure={virtualizer.measureElement}>
                  <StillMessage
                    row={row}
                    index={index + 1}
                    count={messages.length}
                    quoted={messages[indexes.get(row.message.quoting ?? '') ?? -1]}
                    onReply={onReply}
                    onGo={goToId}
                  />
                </LogRow>
              )
            )
          })}
        </div>
      </div>
      {!atBottom && <ToNewest onClick={toBottom} />}
    </div>
  )
}

/** Goes to a message by its id. The same function at each render: messages are drawn anew when it changes. */
function useGoToId(indexes: ReadonlyMap<string, number>, goTo: (index: number) => void): (id: string) => void {
  const latest = useRef({ indexes, goTo })
  latest.current = { indexes, goTo }
  return useCallback((id: string) => {
    const index = latest.current.indexes.get(id)
    if (index !== undefined) latest.current.goTo(index)
  }, [])
}

interface LogRowProps {
  readonly index: number
  /** Pixels from the top of the log. */
  readonly start: number
  readonly measure: (element: HTMLDivElement | null) => void
  readonly children: ComponentChildren
}

function LogRow({ index, start, measure, children }: LogRowProps) {
  return (
    <div class="log-row" data-index={index} ref={measure} style={{ transform: `translateY(${start}px)` }}>
      {children}
    </div>
  )
}

function ToNewest({ onClick }: { readonly onClick: () => void }) {
  const texts = useTexts(chatTexts)
  return (
    <button type="button" class="button log-to-bottom" data-testid="to-newest" onClick={onClick}>
      <Icon name="down" /> {texts.toNewest}
    </button>
  )
}

/** Arrows within a field, a table that scrolls or the like belong to it. */
function isInControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, audio, video, pre, [tabindex="0"]:not(.log, .message)') !== null
  )
}
