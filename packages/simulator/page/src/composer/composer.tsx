import './composer.css'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PageMessage, PageUser } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { useViewer, type Viewer } from '../viewer/viewer.ts'
import { GroupBar, Quoting } from './above.tsx'
import { Attachments } from './attachments.tsx'
import { candidatesOf } from './mentions.ts'
import { TextBox } from './text-box.tsx'
import { composerTexts } from './texts.ts'
import { Tools } from './tools.tsx'
import { typeOver } from './type-over.ts'
import { useComposing } from './use-composing.ts'
import { takeFiles, useFileDrop } from './use-file-drop.ts'
import { VoiceDialog } from './voice-dialog.tsx'

interface Props {
  readonly members: readonly PageUser[]
  readonly quoting: PageMessage | undefined
  readonly onQuote: (message: PageMessage | undefined) => void
  readonly onViewer: (userId: string) => void
  /** Words that an empty chat proposes, once somebody has taken them. */
  readonly proposal: string | undefined
  readonly onProposal: (proposal: undefined) => void
}

/** The form in which one writes. */
export function Composer(props: Props) {
  const viewer = useViewer()
  return viewer ? <ComposerFor {...props} viewer={viewer} /> : null
}

function ComposerFor({
  viewer,
  members,
  quoting,
  onQuote,
  onViewer,
  proposal,
  onProposal,
}: Props & { readonly viewer: Viewer }) {
  const texts = useTexts(composerTexts)
  const { conversation, userId } = viewer
  const { draft, change, add, remove, failure, isReady, isSending, send, sendNow } = useComposing(viewer, quoting, () =>
    onQuote(undefined),
  )
  const [isSpeaking, setSpeaking] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const isOver = useFileDrop(form, files => {
    add(files)
    box.current?.focus()
  })
  const inGroup = conversation.type === 'group'
  const candidates = inGroup ? candidatesOf(conversation.bots, members, userId) : []
  // In the moment in which it is drawn: a moment later it would take the focus from where a key has led meanwhile.
  useLayoutEffect(() => box.current?.focus(), [conversation.conversationId, quoting?.id])

  useLayoutEffect(() => {
    if (proposal === undefined) return
    change({ text: proposal })
    onProposal(undefined)
    box.current?.focus()
  }, [proposal])

  const submit = (event: Event) => {
    event.preventDefault()
    box.current?.focus()
    void send()
  }
  const typeAt = () => {
    const at = box.current?.selectionStart ?? 0
    // After a letter it would be a part of a mail address.
    const text = /[a-z0-9]$/i.test(draft.text.slice(0, at)) ? ' @' : '@'
    if (box.current) typeOver(box.current, at, at, text)
  }
  return (
    <form class="composer" onSubmit={submit} onPaste={event => takeFiles(event, event.clipboardData, add)} ref={form}>
      {isOver && (
        <p class="drop-here">
          <Icon name="file" /> {texts.dropHere}
        </p>
      )}
      {failure !== undefined && (
        <p class="form-failure" role="alert" data-testid="composer-failure">
          {texts.notSent(failure)}
        </p>
      )}
      {inGroup && (
        <GroupBar
          members={members}
          self={userId}
          onSelf={onViewer}
          draft={draft}
          candidates={candidates}
          onUnmention={id => change(id === '' ? { atBot: false } : { at: draft.at.filter(one => one !== id) })}
        />
      )}
      {quoting && <Quoting message={quoting} onCancel={() => onQuote(undefined)} />}
      <Attachments all={draft.attachments} onRemove={remove} />
      <div class="composer-row">
        <Tools onFiles={add} onVoice={() => setSpeaking(true)} onMention={inGroup ? typeAt : undefined} />
        <TextBox
          value={draft.text}
          label={texts.writeTo(conversation.title)}
          candidates={candidates}
          onInput={text => change({ text })}
          onMention={({ id, isBot }) => change(isBot ? { atBot: true } : { at: [...new Set([...draft.at, id])] })}
          onEscape={() => onQuote(undefined)}
          element={box}
        />
        <button
          type="submit"
          class="button button-primary composer-send"
          disabled={!isReady}
          data-testid="composer-send"
        >
          {isSending ? <span class="spinner" /> : <Icon name="send" />}
          <span class="composer-send-word">{texts.send}</span>
        </button>
      </div>
      {isSpeaking && <VoiceDialog inGroup={inGroup} onSend={sendNow} onClose={() => setSpeaking(false)} />}
    </form>
  )
}
