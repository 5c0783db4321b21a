import './composer.css'
import { useEffect, useRef } from 'preact/hooks'
import type { PageConversation, PageUser } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Speaker } from './speaker.tsx'
import { TextBox } from './text-box.tsx'
import { useComposing } from './use-composing.ts'

interface Props {
  readonly conversation: PageConversation
  readonly members: readonly PageUser[]
}

/** Where one writes. */
export function Composer({ conversation, members }: Props) {
  const { texts } = useLanguage()
  const { speaker, choose, draft, write, failure, ready, send } = useComposing(conversation, members)
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => box.current?.focus(), [conversation.conversationId])

  const submit = (event: Event) => {
    event.preventDefault()
    box.current?.focus()
    void send()
  }
  return (
    <form class="composer" onSubmit={submit}>
      {failure !== null && (
        <p class="composer-failure" role="alert">
          {texts.notSent(failure === '' ? texts.unreachable : failure)}
        </p>
      )}
      {conversation.type === 'group' && <Speaker members={members} chosen={speaker?.userId ?? ''} onChoose={choose} />}
      <div class="composer-row">
        <TextBox
          value={draft}
          label={texts.writeTo(conversation.title)}
          hint={texts.enterSends}
          onInput={write}
          element={box}
        />
        <button type="submit" class="button button-primary" disabled={!ready} data-testid="composer-send">
          {texts.send}
        </button>
      </div>
    </form>
  )
}
