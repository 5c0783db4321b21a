import * as v from 'valibot'
import type { Files } from '../apis/files/store.ts'
import type { Content } from '../world/types.ts'
import { type CardViewDeps, cardView } from './card.ts'
import { renderChatRecord } from './chat-record.ts'
import { renderInteractiveCard } from './interactive-card.ts'
import { fileSent, mediaOf } from './media.ts'
import type { PageContent, PageLinkButton, PageRichTextPart } from './protocol.ts'
import { type Render, renderWith } from './render.ts'

export interface ContentDeps extends CardViewDeps {
  readonly files: Files
}

/** Converts the content of a message for the page. A body without the shape of its kind is shown as it is. */
export function toPageContent(deps: ContentDeps, content: Content): PageContent {
  if (content.kind === 'card') return cardView(deps, content)
  if (content.kind !== 'other') return content
  const render = Object.hasOwn(renderers, content.msgtype) ? renderers[content.msgtype] : undefined
  return render?.(content.body, deps.files) ?? content
}

const text = v.optional(v.string(), '')
const amount = v.pipe(
  v.optional(v.union([v.number(), v.string()]), 0),
  v.transform(Number),
  v.transform(it => (Number.isFinite(it) ? it : 0)),
)

const link = v.object({ title: text, text, messageUrl: text, picUrl: text })
const renderLink = ({ title, text, messageUrl, picUrl }: v.InferOutput<typeof link>, files: Files): PageContent => ({
  kind: 'link',
  title,
  text,
  url: messageUrl,
  ...(picUrl && { picture: mediaOf(files, picUrl, title) }),
})

const actionCard = v.looseObject({
  title: text,
  text,
  singleTitle: text,
  singleURL: text,
  btnOrientation: text,
  btns: v.optional(v.array(v.object({ title: text, actionURL: text })), []),
})

function renderActionCard({ title, text, btns, ...card }: v.InferOutput<typeof actionCard>): PageContent {
  const single = card.singleTitle ? [{ title: card.singleTitle, url: card.singleURL }] : []
  const buttons = [...single, ...btns.map(({ title, actionURL }) => ({ title, url: actionURL }))]
  return { kind: 'actionCard', title, text, buttons, isHorizontal: card.btnOrientation === '1' }
}

/** `actionTitle1`, `actionURL1` and so on, as the send APIs have them; with six it is `buttonTitle1`, `buttonUrl1`. */
const numbered = renderWith(v.looseObject({ title: text, text }), ({ title, text, ...body }) => {
  const buttons: PageLinkButton[] = []
  for (let n = 1; n <= 5; n++) {
    const [name, url] = [
      body[`actionTitle${n}`] ?? body[`buttonTitle${n}`],
      body[`actionURL${n}`] ?? body[`buttonUrl${n}`],
    ]
    if (typeof name === 'string' && typeof url === 'string') buttons.push({ title: name, url })
  }
  return { kind: 'actionCard', title, text, buttons, isHorizontal: 'buttonTitle1' in body }
})

const code = v.object({ downloadCode: v.string(), fileName: text })

const renderers: Readonly<Record<string, Render>> = {
  picture: renderWith(code, (body, files) => ({ kind: 'image', picture: fileSent(files, body) })),
  file: renderWith(v.object({ downloadCode: text, fileName: text, dentryId: text }), (body, files) => ({
    kind: 'file',
    file: fileSent(files, body),
  })),
  audio: renderWith(v.object({ ...code.entries, duration: amount, recognition: text }), (body, files) => ({
    kind: 'audio',
    file: fileSent(files, body),
    seconds: body.duration / 1_000,
    recognition: body.recognition,
  })),
  video: renderWith(v.object({ ...code.entries, duration: amount }), (body, files) => ({
    kind: 'video',
    file: fileSent(files, body),
    // Seconds or milliseconds, by client; no clip that fits into a message lasts a thousand seconds.
    seconds: body.duration >= 1_000 ? body.duration / 1_000 : body.duration,
  })),
  richText: renderWith(v.object({ richText: v.array(v.looseObject({})) }), ({ richText }, files) => ({
    kind: 'richText',
    parts: richText.flatMap(node => richTextPart(node, files)),
  })),
  link: renderWith(v.object({ link }), (body, files) => renderLink(body.link, files)),
  sampleLink: renderWith(link, renderLink),
  actionCard: renderWith(
    v.union([
      v.object({ actionCard }),
      v.pipe(
        actionCard,
        v.transform(it => ({ actionCard: it })),
      ),
    ]),
    body => renderActionCard(body.actionCard),
  ),
  sampleActionCard: renderWith(actionCard, renderActionCard),
  ...Object.fromEntries([2, 3, 4, 5, 6].map(count => [`sampleActionCard${count}`, numbered])),
  feedCard: renderWith(
    v.object({ feedCard: v.object({ links: v.array(v.object({ title: text, messageURL: text, picURL: text })) }) }),
    ({ feedCard }, files) => ({
      kind: 'feedCard',
      links: feedCard.links.map(({ title, messageURL, picURL }) => ({
        title,
        url: messageURL,
        picture: mediaOf(files, picURL, title),
      })),
    }),
  ),
  markdown: renderWith(v.object({ title: text, text }), body => ({ kind: 'markdown', ...body })),
  interactiveCard: (body, files) => renderInteractiveCard(body, files) ?? renderDocument(body, files),
  chatRecord: renderChatRecord,
  sampleImageMsg: renderWith(v.object({ photoURL: text }), ({ photoURL }, files) => ({
    kind: 'image',
    picture: mediaOf(files, photoURL),
  })),
  sampleFile: renderWith(v.object({ mediaId: text, fileName: text }), ({ mediaId, fileName }, files) => ({
    kind: 'file',
    file: { ...mediaOf(files, mediaId), name: fileName },
  })),
  sampleAudio: renderWith(v.object({ mediaId: text, duration: amount }), ({ mediaId, duration }, files) => ({
    kind: 'audio',
    file: mediaOf(files, mediaId),
    seconds: duration / 1_000,
    recognition: '',
  })),
  sampleVideo: renderWith(v.object({ videoMediaId: text, picMediaId: text, duration: amount }), (body, files) => ({
    kind: 'video',
    file: mediaOf(files, body.videoMediaId),
    seconds: body.duration,
    cover: mediaOf(files, body.picMediaId),
  })),
}

/** A document that somebody has passed on: all that bots are told is its address. */
const renderDocument = renderWith(
  v.object({ biz_custom_action_url: v.string() }),
  ({ biz_custom_action_url: url }) => ({
    kind: 'link',
    title: url,
    text: '',
    url,
  }),
)

function richTextPart(node: Readonly<Record<string, unknown>>, files: Files): PageRichTextPart[] {
  if (typeof node.text === 'string') return [{ text: node.text }]
  if (typeof node.atName === 'string') return [{ at: node.atName }]
  const picture = v.safeParse(code, node)
  if (picture.success) return [{ picture: fileSent(files, picture.output) }]
  const skill = v.safeParse(v.object({ skillData: v.object({ displayName: v.string() }) }), node)
  return skill.success ? [{ skill: skill.output.skillData.displayName }] : []
}
