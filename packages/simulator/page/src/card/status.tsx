import { useTexts } from '../i18n/texts.ts'
import { cardTexts } from './texts.ts'

export type CardStatus = 'processing' | 'inputting' | 'finished' | 'executing' | 'failed'

/** The state of an AI card. */
export function Status({ status }: { status: CardStatus }) {
  const texts = useTexts(cardTexts)
  return (
    <span class="card-status" data-status={status} data-testid="card-status">
      {texts[status]}
    </span>
  )
}

export function isLive(status: CardStatus | undefined): boolean {
  return status === 'processing' || status === 'inputting' || status === 'executing'
}
