import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { type ClickState, useClicks } from './clicks.ts'
import { cardTexts } from './texts.ts'

/** Says what became of the last click: the developer's side of a button. */
export function Outcome() {
  const texts = useTexts(cardTexts)
  const { last } = useClicks()
  return (
    <output class="card-outcome" data-outcome={last.state} data-testid="card-outcome">
      {last.state !== 'none' && (
        <>
          {last.state === 'pending' ? (
            <span class="spinner" />
          ) : (
            <Icon name={last.state === 'answered' ? 'check' : 'alert'} />
          )}
          <span>{say(last, texts)}</span>
        </>
      )}
    </output>
  )
}

function say(last: ClickState, texts: typeof cardTexts.en): string {
  switch (last.state) {
    case 'none':
      return ''
    case 'refused':
      return texts.refused(last.reason)
    case 'answered':
      return texts.answered(Math.round(last.latency ?? 0))
    case 'failed':
      return texts.failedClick(last.code)
    default:
      return texts[last.state]
  }
}
