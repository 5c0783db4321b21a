import * as v from 'valibot'
import type { Files } from '../apis/files/store.ts'
import { mediaOf } from './media.ts'
import type { PageBlock, PageLinkButton } from './protocol.ts'
import { type Render, renderWith } from './render.ts'

const text = v.optional(v.string(), '')
const label = v.object({ text })
const button = v.object({ label, url: v.optional(v.object({ all: text }), {}) })

/** A block below the title of a `StandardCard`. One of another shape is shown as it came. */
const block = v.variant('type', [
  v.object({ type: v.picklist(['text', 'markdown']), text }),
  v.object({ type: v.literal('image'), image: text }),
  v.object({ type: v.literal('imageList'), images: v.array(v.string()) }),
  v.object({ type: v.literal('divider') }),
  v.object({
    type: v.literal('section'),
    fields: v.optional(v.object({ list: v.array(label) }), { list: [] }),
    extra: v.optional(button),
  }),
  v.object({ type: v.literal('action'), actions: v.array(button) }),
])

const schema = v.object({
  header: v.optional(v.object({ title: v.optional(label, {}), logo: text }), {}),
  contents: v.array(v.unknown()),
})

/** The old card of a bot, whose content says itself what stands where. */
export const renderInteractiveCard: Render = renderWith(schema, ({ header, contents }, files) => {
  const { title, logo } = header
  return {
    kind: 'interactiveCard',
    title: title?.text ?? '',
    ...(logo && { logo: mediaOf(files, logo) }),
    blocks: contents.map((content): PageBlock => {
      const parsed = v.safeParse(block, content)
      return parsed.success ? blockOf(parsed.output, files) : { type: 'unknown', body: content }
    }),
  }
})

function blockOf(content: v.InferOutput<typeof block>, files: Files): PageBlock {
  switch (content.type) {
    case 'image':
      return { type: 'images', pictures: [mediaOf(files, content.image)] }
    case 'imageList':
      return { type: 'images', pictures: content.images.map(image => mediaOf(files, image)) }
    case 'section':
      return {
        type: 'section',
        texts: content.fields.list.map(({ text }) => text),
        ...(content.extra && { button: buttonOf(content.extra) }),
      }
    case 'action':
      return { type: 'buttons', buttons: content.actions.map(buttonOf) }
    default:
      return content
  }
}

function buttonOf({ label, url }: v.InferOutput<typeof button>): PageLinkButton {
  return { title: label.text, url: url.all ?? '' }
}
