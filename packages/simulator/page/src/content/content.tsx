import './content.css'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { Card } from '../card/card.tsx'
import { Markdown } from '../markdown/markdown.tsx'
import { Audio, FileTile, Video } from './files.tsx'
import { InteractiveCard } from './interactive-card.tsx'
import { ActionCard, FeedCard, LinkTile } from './links.tsx'
import { Picture } from './picture.tsx'
import { ChatRecord, Json, PlainText, RichText } from './words.tsx'

/** Draws what a message shows. */
export function Content({ message: { content, mentions } }: { message: PageMessage }) {
  switch (content.kind) {
    case 'text':
      return <PlainText text={content.text} mentions={mentions} />
    case 'richText':
      return <RichText content={content} mentions={mentions} />
    case 'markdown':
      return <Markdown source={content.text} dialect="message" />
    case 'image':
      return <Picture picture={content.picture} />
    case 'file':
      return <FileTile file={content.file} />
    case 'audio':
      return <Audio content={content} />
    case 'video':
      return <Video content={content} />
    case 'link':
      return <LinkTile content={content} />
    case 'actionCard':
      return <ActionCard content={content} />
    case 'feedCard':
      return <FeedCard content={content} />
    case 'interactiveCard':
      return <InteractiveCard content={content} />
    case 'chatRecord':
      return <ChatRecord content={content} />
    case 'card':
      return <Card card={content} />
    case 'other':
      return <Json label={content.msgtype} value={content.body} />
    default:
      return <Json label="" value={content} />
  }
}
