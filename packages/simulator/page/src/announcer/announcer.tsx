import { useEffect, useRef, useState } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { previewOf } from '../conversations/preview.ts'
import { useLanguage } from '../i18n/language.tsx'

/**
 * Tells those who listen what comes in. The list itself cannot: it draws only what is seen, and so would read out old
 * messages while one scrolls.
 */
export function Announcer({ messages, recalls }: { messages: readonly PageMessage[]; recalls: number }) {
  const { texts } = useLanguage()
  const [said, setSaid] = useState('')
  const last = messages.at(-1)
  const known = useRef(last?.id)
  const counted = useRef(recalls)

  useEffect(() => {
    if (last === undefined || last.id === known.current) return
    known.current = last.id
    if (last.from.kind === 'bot') setSaid(`${last.from.nick}: ${previewOf(last.content, texts)}`)
  }, [last?.id])
  useEffect(() => {
    if (recalls > counted.current) setSaid(texts.recalled)
    counted.current = recalls
  }, [recalls])

  return (
    <p class="visually-hidden" aria-live="polite" data-testid="announcer">
      {said}
    </p>
  )
}
