import type { PageContent } from '../../../src/page/protocol.ts'
import { linkText } from '../markdown/linked-text.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { Card } from './card.tsx'

/** Draws what a message shows; what it cannot draw is shown as it came. */
export function Content({ content }: { content: PageContent }) {
  switch (content.kind) {
    case 'text':
      return <PlainText text={content.text} />
    case 'markdown':
      return <Markdown source={content.text} dialect="message" />
    case 'card':
      return <Card content={content} />
    case 'other':
      return <Json label={content.msgtype} value={content.body} />
    default:
      return <Json label="" value={content} />
  }
}

function PlainText({ text }: { text: string }) {
  return (
    <p class="plain-text" dir="auto">
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

function Json({ label, value }: { label: string; value: unknown }) {
  return (
    <div class="json">
      <p class="json-label">{label}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </div>
  )
}
