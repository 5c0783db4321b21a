import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

type Take = (files: Iterable<File>) => void

/**
 * Takes files that are dropped anywhere on the chat that `inner` is in: the browser would open what it misses by an inch.
 *
 * @returns whether a file is dragged over it right now.
 */
export function useFileDrop(inner: RefObject<HTMLElement>, take: Take): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const chat = inner.current?.closest('main')
    if (!chat) return
    const life = new AbortController()
    const { signal } = life
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && chat.contains(relatedTarget))) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      takeFiles(event, event.dataTransfer, latest.current)
    }
    chat.addEventListener('dragover', over, { signal })
    chat.addEventListener('dragleave', leave, { signal })
    chat.addEventListener('drop', drop, { signal })
    return () => life.abort()
  }, [])
  return isOver
}

/** Takes the files of a paste or a drop, where it has some. */
export function takeFiles(event: Event, from: DataTransfer | null, take: Take): void {
  if (!from || from.files.length === 0) return
  event.preventDefault()
  take(from.files)
}
