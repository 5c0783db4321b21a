import './composer.css'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PageMessage, PageUser } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { useViewer, type Viewer } from '../viewer/viewer.ts'
import { GroupBar, Quoting } from './above.tsx'
import { Attachments } from './attachments.tsx'
import { type Candidate, candidatesOf } from './mentions.ts'
import { TextBox } from './text-box.tsx'
import { composerTexts } from './texts.ts'
import { Tools } from './tools.tsx'
import { typeOver } from './type-over.ts'
import { type Composing, useComposing } from './use-composing.ts'
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

function ComposerFor(props: Props & { readonly viewer: Viewer }) {
  const { viewer, members, quoting, onQuote, proposal, onProposal } = props
  const { conversation, userId } = viewer
  const composing = useComposing(viewer, quoting, () => onQuote(undefined))
  const { change, add, failure, send, sendNow } = composing
  const [isSpeaking, setSpeaking] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const focus = () => box.current?.focus()
  const isOver = useFileDrop(form, files => {
    add(files)
    focus()
  })
  const inGroup = conversation.type === 'group'
  const candidates = inGroup ? candidatesOf(conversation.bots, members, userId) : []
  // In the moment in which it is drawn: a moment later it would take the focus from where a key has led meanwhile.
  useLayoutEffect(focus, [conversation.conversationId, quoting?.id])

  useProposal(proposal, text => {
    change({ text })
    onProposal(undefined)
    box.current?.focus()
  })
  const submit = (event: Event) => {
    event.preventDefault()
    box.current?.focus()
    void send()
  }
  return (
    <form class="composer" onSubmit={submit} onPaste={event => takeFiles(event, event.clipboardData, add)} ref={form}>
      <Notices isOver={isOver} failure={failure} />
      <Above {...props} composing={composing} candidates={candidates} />
      <WritingRow
        viewer={viewer}
        composing={composing}
        candidates={candidates}
        box={box}
        onVoice={() => setSpeaking(true)}
        onEscape={() => onQuote(undefined)}
      />
      {isSpeaking && <VoiceDialog inGroup={inGroup} onSend={sendNow} onClose={() => setSpeaking(false)} />}
    </form>
  )
}

function useProposal(proposal: string | undefined, take: (text: string) => void): void {
  useLayoutEffect(() => {
    if (proposal !== undefined) take(proposal)
  }, [proposal])
}

interface AboveProps extends Props {
  readonly viewer: Viewer
  readonly composing: Composing
  readonly candidates: readonly Candidate[]
}

/** Above the text: who writes in a group and whom they @, the message that is replied to, what goes along. */
function Above({ viewer, composing, candidates, members, quoting, onQuote, onViewer }: AboveProps) {
  const { draft, change, remove } = composing
  const onUnmention = (id: string) => change(id === '' ? { atBot: false } : { at: draft.at.filter(one => one !== id) })
  return (
    <>
      {viewer.conversation.type === 'group' && (
        <GroupBar
          members={members}
          self={viewer.userId}
          onSelf={onViewer}
          draft={draft}
          candidates={candidates}
          onUnmention={onUnmention}
        />
      )}
      {quoting && <Quoting message={quoting} onCancel={() => onQuote(undefined)} />}
      <Attachments all={draft.attachments} onRemove={remove} />
    </>
  )
}

/** Above the text: that files may be dropped here, and why the last message was not sent. */
function Notices({ isOver, failure }: { readonly isOver: boolean; readonly failure: string | undefined }) {
  const texts = useTexts(composerTexts)
  return (
    <>
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
    </>
  )
}

interface WritingRowProps {
  readonly viewer: Viewer
  readonly composing: Composing
  readonly candidates: readonly Candidate[]
  readonly box: RefObject<HTMLTextAreaElement>
  readonly onVoice: () => void
  readonly onEscape: () => void
}

/** The tools, the text and the button that sends it. */
function WritingRow({ viewer, composing, candidates, box, onVoice, onEscape }: WritingRowProps) {
  const texts = useTexts(composerTexts)
  const { conversation } = viewer
  const { draft, change, add, isReady, isSending } = composing
  const typeAt = () => box.current && typeAtSign(box.current, draft.text)
  return (
    <div class="composer-row">
      <Tools onFiles={add} onVoice={onVoice} onMention={conversation.type === 'group' ? typeAt : undefined} />
      <TextBox
        value={draft.text}
        label={texts.writeTo(conversation.title)}
        candidates={candidates}
        onInput={text => change({ text })}
        onMention={({ id, isBot }) => change(isBot ? { atBot: true } : { at: [...new Set([...draft.at, id])] })}
        onEscape={onEscape}
        element={box}
      />
      <button type="submit" class="button button-primary composer-send" disabled={!isReady} data-testid="composer-send">
        {isSending ? <span class="spinner" /> : <Icon name="send" />}
        <span class="composer-send-word">{texts.send}</span>
      </button>
    </div>
  )
}

function typeAtSign(box: HTMLTextAreaElement, written: string): void {
  const at = box.selectionStart
  // After a letter it would be a part of a mail address.
  const text = /[a-z0-9]$/i.test(written.slice(0, at)) ? ' @' : '@'
  typeOver(box, at, at, text)
}
