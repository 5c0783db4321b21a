import { useLayoutEffect } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { arrange } from './arrange.ts'
import { Message } from './message.tsx'
import { useStickToBottom } from './scroll.ts'

interface Props {
  readonly name: string
  readonly group: boolean
  readonly messages: readonly PageMessage[]
}

/** The messages of one conversation; give it the conversation as `key`, so that a screen reader announces only what is new. */
export function MessageLog({ name, group, messages }: Props) {
  const { texts } = useLanguage()
  const { scroller, content, atBottom, toBottom } = useStickToBottom()
  const last = messages.at(-1)

  // Whoever says something wants to see it, wherever they were reading.
  useLayoutEffect(() => {
    if (last?.from.kind === 'user') toBottom()
  }, [last?.id])

  return (
    <div class="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="log" role="log" aria-live="polite" aria-label={texts.messagesIn(name)} tabIndex={0} ref={scroller}>
        <div class="log-content" ref={content}>
          {messages.length === 0 && <p class="log-empty">{texts.saysNothing}</p>}
          {arrange(messages).map(row => (
            <Message key={row.message.id} row={row} group={group} />
          ))}
        </div>
      </div>
      {!atBottom && (
        <button type="button" class="button log-to-bottom" onClick={toBottom}>
          ↓ {texts.toNewest}
        </button>
      )}
    </div>
  )
}
