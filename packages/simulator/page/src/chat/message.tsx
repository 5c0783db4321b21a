import './message.css'
import { useMemo } from 'preact/hooks'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { Content } from '../content/content.tsx'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { fullTime, shortTime } from '../i18n/time.ts'
import { useViewer } from '../viewer/viewer.ts'
import { MessageActions } from './actions.tsx'
import type { Row } from './arrange.ts'
import { MessageState, ReadState } from './message-state.tsx'
import { Quote } from './quote.tsx'
import { chatTexts } from './texts.ts'

interface Props {
  readonly row: Row
  /** Its position among `count` messages, from 1. */
  readonly index: number
  readonly count: number
  /** The message that this one replies to, where it is still there. */
  readonly quoted: PageMessage | undefined
  readonly onReply: (message: PageMessage) => void
  /** Leads to another message. */
  readonly onGo: (id: string) => void
}

/** A message that is drawn anew only when something about it has changed: the list is drawn with every step of scrolling. */
export function StillMessage(props: Props) {
  const { row, index, count, quoted, onReply, onGo } = props
  const viewer = useViewer()
  const { locale } = useLanguage()
  const Draw = row.message.content.kind === 'recalled' ? Recalled : Message
  return useMemo(() => <Draw {...props} />, [row, index, count, quoted, onReply, onGo, viewer, locale])
}

/** The place of a message that was taken back. */
function Recalled({ row: { message } }: Props) {
  const { texts } = useLanguage()
  return (
    <p class="log-time" tabIndex={-1} data-testid="recalled" data-message-id={message.id}>
      {texts.recalled}
    </p>
  )
}

/** One message. Its sender is always there for those who listen, and to be seen where it is not plain. */
function Message({ row: { message, timed, opens }, index, count, quoted, onReply, onGo }: Props) {
  const { locale } = useLanguage()
  const viewer = useViewer()
  const { id, from, at, content, quoting, reactions = [] } = message
  const isOwn = from.kind === 'user' && from.id === viewer?.userId
  const isNamed = opens && !isOwn && (viewer?.conversation.type === 'group' || from.kind === 'bot')

  const keyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key !== 'r' && event.key !== 'R') return
    event.preventDefault()
    onReply(message)
  }
  return (
    <>
      {timed && <time class="log-time">{shortTime(at, Date.now(), locale)}</time>}
      <article
        class={opens ? 'message message-opens' : 'message'}
        tabIndex={-1}
        aria-posinset={index}
        aria-setsize={count}
        data-testid="message"
        data-message-id={id}
        data-from={from.kind}
        data-own={isOwn || undefined}
        data-kind={content.kind}
        onKeyDown={keyDown}
      >
        {opens && <Avatar id={from.id} name={from.nick} kind={from.kind} />}
        <bdi class={isNamed ? 'message-nick' : 'visually-hidden'}>{from.nick}</bdi>
        <div class="message-line">
          <div class="bubble" data-own={isOwn || undefined} title={fullTime(at, locale)}>
            {quoting !== undefined && <Quote quoted={quoted} onGo={() => onGo(quoting)} />}
            <Content message={message} />
          </div>
          {from.kind === 'bot' && <ReadState message={message} />}
          <MessageActions message={message} onReply={() => onReply(message)} />
        </div>
        <Reactions all={reactions} />
        <MessageState message={message} />
      </article>
    </>
  )
}

function Reactions({ all }: { readonly all: readonly string[] }) {
  const texts = useTexts(chatTexts)
  if (all.length === 0) return null
  return (
    <ul class="reactions" aria-label={texts.reactions}>
      {all.map(reaction => (
        <li class="reaction" key={reaction}>
          {reaction}
        </li>
      ))}
    </ul>
  )
}
