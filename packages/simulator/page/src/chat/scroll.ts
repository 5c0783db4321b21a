import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

const nearBottom = 48

export interface Scrolling {
  readonly scroller: RefObject<HTMLDivElement>
  readonly content: RefObject<HTMLDivElement>
  readonly atBottom: boolean
  readonly toBottom: () => void
}

/** Keeps the newest message in view for as long as the reader has not scrolled away from it, images and cards that grow included. */
export function useStickToBottom(): Scrolling {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const stuck = useRef(true)
  const [atBottom, setAtBottom] = useState(true)

  useLayoutEffect(() => {
    const box = scroller.current
    if (box === null || content.current === null) return
    let top = box.scrollTop
    // Only going up lets go of the bottom. To be far from it is not enough: the scroll event of this hook's own making
    // comes late, and by then the content may have grown again.
    const follow = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < nearBottom
      if (near) stuck.current = true
      else if (box.scrollTop < top) stuck.current = false
      top = box.scrollTop
      setAtBottom(stuck.current)
    }
    const observer = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    observer.observe(content.current)
    box.addEventListener('scroll', follow, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', follow)
    }
  }, [])

  const toBottom = () => {
    stuck.current = true
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }
  return { scroller, content, atBottom, toBottom }
}
