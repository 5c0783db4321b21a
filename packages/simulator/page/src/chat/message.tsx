import './message.css'
import { Avatar } from '../avatar/avatar.tsx'
import { useLanguage } from '../i18n/language.tsx'
import { fullTime, shortTime } from '../i18n/time.ts'
import type { Row } from './arrange.ts'
import { Content } from './content.tsx'

/** One message. Its sender is always there for those who listen, and to be seen where it is not plain. */
export function Message({ row, group }: { row: Row; group: boolean }) {
  const { locale } = useLanguage()
  const { message, timed, opens } = row
  const { from, at, content } = message
  const named = opens && (group || from.kind === 'bot')
  return (
    <>
      {timed && <time class="log-time">{shortTime(at, Date.now(), locale)}</time>}
      <article
        class={opens ? 'message message-opens' : 'message'}
        data-testid="message"
        data-from={from.kind}
        data-kind={content.kind}
      >
        {opens && <Avatar id={from.id} name={from.nick} kind={from.kind} />}
        <bdi class={named ? 'message-nick' : 'visually-hidden'}>{from.nick}</bdi>
        <div class="bubble" title={fullTime(at, locale)}>
          <Content content={content} />
        </div>
      </article>
    </>
  )
}
