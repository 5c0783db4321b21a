import type { PageContent } from '../../../src/page/protocol.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { Picture } from './picture.tsx'
import { safeLink } from './safe-link.ts'

type Of<K extends PageContent['kind']> = Extract<PageContent, { kind: K }>

export function LinkTile({ content: { title, text, url, picture } }: { content: Of<'link'> }) {
  return (
    <div class="link-tile">
      <LinkTo url={url} class="link-title">
        {title}
      </LinkTo>
      <div class="link-body">
        <p class="link-text">{text}</p>
        {picture && <Picture picture={picture} />}
      </div>
    </div>
  )
}

export function ActionCard({ content: { title, text, buttons, isHorizontal } }: { content: Of<'actionCard'> }) {
  return (
    <div class="action-card">
      <div class="action-card-text">
        {title !== '' && !text.includes(title) && <h3 class="card-title">{title}</h3>}
        <Markdown source={text} dialect="message" />
      </div>
      {buttons.length > 0 && (
        <ul class={isHorizontal ? 'action-card-buttons action-card-row' : 'action-card-buttons'}>
          {buttons.map(({ title, url }, index) => (
            <li key={index}>
              <LinkTo url={url} class="action-card-button">
                {title}
              </LinkTo>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function FeedCard({ content: { links } }: { content: Of<'feedCard'> }) {
  return (
    <ul class="feed-card">
      {links.map(({ title, url, picture }, index) => (
        <li class="feed-link" key={index}>
          <LinkTo url={url} class="feed-title">
            {title}
          </LinkTo>
          <Picture picture={picture} />
        </li>
      ))}
    </ul>
  )
}

/** A link, or plain words when its address is none that a browser should follow (javascript:, dingtalk:, …). */
export function LinkTo({ url, class: name, children }: { url: string; class: string; children: string }) {
  const href = safeLink(url)
  if (href === undefined) {
    return (
      <span class={name} title={url}>
        {children}
      </span>
    )
  }
  return (
    <a class={name} href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}
