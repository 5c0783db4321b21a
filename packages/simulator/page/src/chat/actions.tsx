import type { PageContent, PageMessage } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import { chatTexts } from './texts.ts'

/** The actions on a message; shown to whoever points at it, or comes to it by keyboard. */
export function MessageActions({ message, onReply }: { message: PageMessage; onReply: () => void }) {
  const texts = useTexts(chatTexts)
  const text = textOf(message.content)
  // Browsers have a clipboard only on localhost and https.
  const canCopy = text !== '' && window.isSecureContext
  return (
    <div class="message-actions">
      <IconButton icon="reply" label={texts.reply} testid="reply" onClick={onReply} />
      {canCopy && (
        <IconButton icon="copy" label={texts.copyText} onClick={() => void navigator.clipboard.writeText(text)} />
      )}
    </div>
  )
}

function textOf(content: PageContent): string {
  if (content.kind === 'text' || content.kind === 'markdown') return content.text
  return content.kind === 'richText' ? content.parts.map(part => ('text' in part ? part.text : '')).join('') : ''
}
