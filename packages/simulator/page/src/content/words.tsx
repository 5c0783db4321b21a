import type { PageContent } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { linkText } from '../markdown/linked-text.ts'
import { Picture } from './picture.tsx'
import { contentTexts } from './texts.ts'

type Of<K extends PageContent['kind']> = Extract<PageContent, { kind: K }>

/** Plain text: addresses become links, and those who are mentioned stand out. */
export function PlainText({ text, mentions = [] }: { text: string; mentions?: readonly string[] | undefined }) {
  return (
    <p class="plain-text" dir="auto">
      <Mentions names={mentions} />
      {linkText(text).map(piece =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </p>
  )
}

export function RichText({
  content: { parts },
  mentions = [],
}: {
  content: Of<'richText'>
  mentions?: readonly string[] | undefined
}) {
  const texts = useTexts(contentTexts)
  return (
    <div class="rich-text" dir="auto">
      <Mentions names={mentions} />
      {parts.map(part => {
        if ('text' in part) return <span class="plain-text">{part.text}</span>
        if ('at' in part) return <span class="mention">@{part.at}</span>
        if ('skill' in part) return <span class="mention">{`${texts.skill}: ${part.skill}`}</span>
        return <Picture picture={part.picture} />
      })}
    </div>
  )
}

function Mentions({ names }: { names: readonly string[] }) {
  return (
    <>
      {names.map(name => (
        <span key={name}>
          <bdi class="mention">@{name}</bdi>{' '}
        </span>
      ))}
    </>
  )
}

/** A chat that somebody has passed on; without its lines, which happens, what it begins with. */
export function ChatRecord({ content: { title, summary, records } }: { content: Of<'chatRecord'> }) {
  return (
    <div class="chat-record">
      <h3 class="card-title">{title}</h3>
      {records.length === 0 ? (
        <p class="plain-text" dir="auto">
          {summary}
        </p>
      ) : (
        <ul>
          {records.map(({ from, text }, index) => (
            <li key={index} class="plain-text" dir="auto">
              <bdi class="chat-record-from">{from}</bdi> {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Content that the page cannot draw: as it came. */
export function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <div class="json">
      <p class="json-label">{label}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </div>
  )
}
