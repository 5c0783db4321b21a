import * as v from 'valibot'
import { parseJson } from '../http/json.ts'
import { type Draw, kind } from './draw.ts'

const text = v.optional(v.string(), '')
const item = v.object({ senderName: text, msgType: text, content: text, recognition: text, fileName: text })

const schema = v.object({
  title: text,
  summary: text,
  chatRecord: v.pipe(v.optional(v.string(), '[]'), v.transform(parseJson), v.fallback(v.array(item), [])),
})

/** A chat that somebody has passed on. Of what is no text its kind is shown. */
export const drawChatRecord: Draw = kind(schema, ({ title, summary, chatRecord }) => ({
  kind: 'chatRecord',
  title,
  summary,
  records: chatRecord.map(({ senderName, content, recognition, fileName, msgType }) => ({
    from: senderName,
    text: content || recognition || `[${fileName || msgType}]`,
  })),
}))
