import { useTexts } from '../i18n/texts.ts'
import { useViewer } from '../viewer/viewer.ts'
import { chatTexts } from './texts.ts'

/** A chat in which nothing was said, and what could be. */
export function EmptyLog({ onTry }: { onTry: (text: string) => void }) {
  const texts = useTexts(chatTexts)
  const conversation = useViewer()?.conversation
  const bot = conversation?.bots[0] ?? 'Bot'
  return (
    <div class="log-empty">
      <svg class="log-empty-picture" viewBox="0 0 120 84" aria-hidden="true" focusable="false">
        <rect class="empty-bubble" x="4" y="6" width="70" height="34" rx="12" />
        <path class="empty-line" d="M18 18h42M18 28h26" />
        <rect class="empty-bubble empty-own" x="46" y="46" width="70" height="32" rx="12" />
        <path class="empty-line empty-own-line" d="M60 57h42M60 67h22" />
      </svg>
      <p class="log-empty-title">{texts.emptyTitle}</p>
      <p>{conversation?.type === 'group' ? texts.emptyGroup(bot) : texts.emptyPrivate(bot)}</p>
      <div class="log-empty-tries">
        {texts.tryThis.map(text => (
          <button key={text} type="button" class="button" onClick={() => onTry(text)}>
            {text}
          </button>
        ))}
      </div>
    </div>
  )
}
