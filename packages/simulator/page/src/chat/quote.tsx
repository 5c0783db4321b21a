import type { PageMessage } from '../../../src/page/protocol.ts'
import { previewOf } from '../conversations/preview.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { chatTexts } from './texts.ts'

/** The message that this one replies to; a click leads there. */
export function Quote({ quoted, onGo }: { quoted: PageMessage | undefined; onGo: () => void }) {
  const { texts } = useLanguage()
  const { quotedGone, quoted: label } = useTexts(chatTexts)
  if (quoted === undefined || quoted.content.kind === 'recalled') return <p class="quote">{quotedGone}</p>
  return (
    <button type="button" class="quote" title={label(quoted.from.nick)} data-testid="quote" onClick={onGo}>
      <bdi class="quote-nick">{quoted.from.nick}</bdi> <span>{previewOf(quoted.content, texts)}</span>
    </button>
  )
}
