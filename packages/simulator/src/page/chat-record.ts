import * as v from 'valibot'
import { parseJson } from '../utils/json.ts'
import { type Render, renderWith } from './render.ts'

const text = v.optional(v.string(), '')
const item = v.object({ msgType: text, content: text, recognition: text, fileName: text })

const schema = v.object({
  title: text,
  summary: v.pipe(v.optional(v.string(), '[]'), v.transform(parseJson), v.fallback(v.array(v.string()), [])),
  chatRecord: v.pipe(v.optional(v.string(), '[]'), v.transform(parseJson), v.fallback(v.array(item), [])),
})

/** A chat that somebody has passed on. The names stand in its summary, line by line; of what is no text its kind is shown. */
export const renderChatRecord: Render = renderWith(schema, ({ title, summary, chatRecord }) => ({
  kind: 'chatRecord',
  title,
  summary: summary.join('\n'),
  records: chatRecord.map(({ content, recognition, fileName, msgType }, index) => ({
    from: nameIn(summary[index]),
    text: content || recognition || `[${fileName || msgType}]`,
  })),
}))

function nameIn(line = ''): string {
  return line.slice(0, Math.max(0, line.indexOf(':')))
}
