import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import { parseJson } from '../../utils/json.ts'

const kinds: readonly string[] = ['ai_card', 'basic_card_schema', 'text', 'markdown']

/** The AI assistant of old, archived in the documents: its calls are checked and accepted, and show nothing. */
export function aiInteractionRoutes(): Route[] {
  const content = {
    contentType: text,
    content: v.pipe(
      required('invalid.content'),
      v.check(it => parseJson(it) !== undefined, 'invalid.content.json'),
    ),
  }
  const token = { conversationToken: required('invalid.conversation.token') }
  const place = { method: 'POST', invalid: 'invalid.param' } as const
  const accept = (answer: object) => (body: { contentType: string }) =>
    kinds.includes(body.contentType)
      ? ok(answer)
      : fail(400, 'invalid.param', `contentType ${body.contentType} is unknown`)
  // Each by its model in @alicloud/dingtalk.
  const done = { result: { success: true } }
  const path = (name: string) => `/v1.0/aiInteraction/${name}`
  return [
    ...['reply', 'update'].map(name =>
      jsonRoute({ ...place, path: path(name), schema: v.looseObject({ ...token, ...content }), handle: accept(done) }),
    ),
    jsonRoute({
      ...place,
      path: path('prepare'),
      schema: v.looseObject({ openConversationId: text, unionId: text, ...content }),
      handle: accept({ result: { conversationToken: 'simulator' } }),
    }),
    jsonRoute({ ...place, path: path('finish'), schema: v.looseObject(token), handle: () => ok(done) }),
    jsonRoute({
      ...place,
      path: path('send'),
      schema: v.looseObject({ openConversationId: text, unionId: text, ...content }),
      handle: accept({ success: true }),
    }),
  ]
}
