import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { useVirtualizer } from '../virtual/use-virtualizer.ts'

const nearBottom = 48
/** Pixels of an ordinary message, until it is measured. */
const usual = 64

export interface Log {
  readonly scroller: RefObject<HTMLDivElement>
  readonly virtualizer: ReturnType<typeof useVirtualizer>
  readonly atBottom: boolean
  readonly toBottom: () => void
  /** Brings a message into view, and the focus to it. */
  readonly goTo: (index: number) => void
  /** Id of the message that the arrow keys have come to; an index would change when older ones are told. */
  readonly activeId: string | undefined
}

/** Draws the part of a long chat that is seen, and keeps to its end for as long as the reader does. */
export function useLog(messages: readonly PageMessage[], viewerId: string): Log {
  const scroller = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string | undefined>(undefined)
  const wanted = useRef<string | undefined>(undefined)
  const virtualizer = useVirtualizer({
    count: messages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usual,
    getItemKey: index => messages[index]?.id ?? index,
    overscan: 6,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearBottom,
    paddingStart: 12,
    paddingEnd: 20,
    kept: () => keptIn(scroller.current, messages),
  })
  const atBottom = messages.length === 0 || virtualizer.scrollOffset === null || virtualizer.isAtEnd(nearBottom)
  const stuck = useRef(true)
  stuck.current = atBottom

  useLayoutEffect(() => virtualizer.scrollToEnd(), [])
  // Whoever says something wants to see it, wherever they were reading.
  const last = messages.at(-1)
  useLayoutEffect(() => {
    if (last?.from.id === viewerId) virtualizer.scrollToEnd()
  }, [last?.id])
  useKeptEnd(scroller, () => stuck.current && virtualizer.scrollToEnd())

  // The row may not be drawn yet: it gets the focus once it is.
  useEffect(() => {
    if (wanted.current === undefined) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(wanted.current)}"]`)
    if (!row) return
    wanted.current = undefined
    row.focus({ preventScroll: true })
  })
  const goTo = (index: number) => {
    const target = Math.max(0, Math.min(messages.length - 1, index))
    wanted.current = messages[target]?.id
    setActiveId(wanted.current)
    virtualizer.scrollToIndex(target, { align: 'auto' })
  }
  return { scroller, virtualizer, atBottom, toBottom: () => virtualizer.scrollToEnd(), goTo, activeId }
}

/**
 * The messages that stay drawn out of view: the one with the focus, for whoever types in it would type into nothing; what
 * was opened, which would be shut again; and what plays, which would fall silent.
 */
function keptIn(log: HTMLElement | null, messages: readonly PageMessage[]): readonly number[] {
  const rows = log?.querySelectorAll<HTMLElement>('.message:is(:focus-within, :has(details[open], audio, video))') ?? []
  return [...rows].flatMap(row => {
    const players = [...row.querySelectorAll<HTMLMediaElement>('audio, video')]
    const isIdle = players.length > 0 && players.every(({ paused }) => paused)
    if (isIdle && !row.matches(':focus-within')) return []
    const index = messages.findIndex(({ id }) => id === row.dataset.messageId)
    return index < 0 ? [] : [index]
  })
}

/** Keeps the end of the log in view when its height changes (the window, a composer of more lines). */
function useKeptEnd(scroller: RefObject<HTMLDivElement>, keep: () => void): void {
  const latest = useRef(keep)
  latest.current = keep
  useLayoutEffect(() => {
    if (scroller.current === null) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(scroller.current)
    return () => observer.disconnect()
  }, [])
}
