import { useEffect, useRef, useState } from 'preact/hooks'

/** Milliseconds in which a piece that has come in is written out; the next one usually comes after 800. */
const duration = 600
const frame = 40

/**
 * Writes a text out as it grows. What is there at first, what does not go on from what was shown, and everything for
 * those who want no motion or look elsewhere, is shown at once.
 */
export function useTypewriter(text: string, isLive: boolean): string {
  const [shown, setShown] = useState(text.length)
  const before = useRef(text)
  const goesOn = text.startsWith(before.current)

  useEffect(() => {
    const from = goesOn ? Math.min(shown, before.current.length) : text.length
    before.current = text
    if (from >= text.length || !wantsMotion()) {
      setShown(text.length)
      return
    }
    const started = performance.now()
    const timer = setInterval(() => {
      const part = Math.min(1, (performance.now() - started) / duration)
      setShown(from + Math.ceil((text.length - from) * part))
      if (part === 1 || document.hidden) {
        setShown(text.length)
        clearInterval(timer)
      }
    }, frame)
    return () => clearInterval(timer)
  }, [text])

  if (!isLive && !goesOn) return text
  return shown >= text.length ? text : wholeCharacters(text, goesOn ? shown : text.length)
}

function wantsMotion(): boolean {
  return !document.hidden && !matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Never half of a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  const code = text.charCodeAt(length - 1)
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length)
}
