import type { PageBlock, PageContent, PageLinkButton } from '../../../src/page/protocol.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { LinkTo } from './links.tsx'
import { Logo, Picture } from './picture.tsx'
import { Json } from './words.tsx'

/** The old card of a bot: one thing below the other, as its content says. */
export function InteractiveCard({
  content: { title, logo, blocks },
}: {
  content: Extract<PageContent, { kind: 'interactiveCard' }>
}) {
  return (
    <div class="interactive-card">
      {title !== '' && (
        <div class="interactive-head">
          {logo && <Logo picture={logo} />}
          <h3 class="card-title">{title}</h3>
        </div>
      )}
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { block: PageBlock }) {
  switch (block.type) {
    case 'text':
      return (
        <p class="plain-text" dir="auto">
          {block.text}
        </p>
      )
    case 'markdown':
      return <Markdown source={block.text} dialect="message" />
    case 'images':
      return (
        <div class="interactive-images">
          {block.pictures.map((picture, index) => (
            <Picture key={index} picture={picture} />
          ))}
        </div>
      )
    case 'divider':
      return <hr class="interactive-divider" />
    case 'section':
      return (
        <div class="interactive-section">
          <div>
            {block.texts.map((text, index) => (
              <p key={index} class="plain-text" dir="auto">
                {text}
              </p>
            ))}
          </div>
          {block.button && <Buttons buttons={[block.button]} />}
        </div>
      )
    case 'buttons':
      return <Buttons buttons={block.buttons} />
    case 'unknown':
      return <Json label="" value={block.body} />
  }
}

function Buttons({ buttons }: { buttons: readonly PageLinkButton[] }) {
  return (
    <div class="card-buttons">
      {buttons.map(({ title, url }, index) => (
        <LinkTo key={index} url={url} class="button card-button">
          {title}
        </LinkTo>
      ))}
    </div>
  )
}
