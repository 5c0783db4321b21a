import * as v from 'valibot'
import { isJson, parseJson } from '../http/json.ts'
import type { Saying, Utterance } from '../robot/say.ts'
import type { World } from '../world/world.ts'
import type { PageMessage } from './protocol.ts'
import { toPageMessage } from './view.ts'

const LONGEST_TEXT = 20_000

const schema = v.object({
  userId: v.string(),
  conversationId: v.string(),
  text: v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('text is empty'),
    v.maxLength(LONGEST_TEXT, `text is over ${LONGEST_TEXT} characters`),
  ),
})

export interface PageSayDeps {
  readonly world: World
  readonly say: (saying: Saying) => Promise<Utterance>
}

type Answer =
  | { readonly status: 201; readonly body: PageMessage }
  | { readonly status: 400 | 404; readonly body: { readonly error: string } }

/** `POST /_sim/messages`: somebody writes on the page. */
export async function pageSay({ world, say }: PageSayDeps, headers: Headers, body: string): Promise<Answer> {
  if (!isJson(headers)) return refuse(400, 'Content-Type must be application/json')
  const request = v.safeParse(schema, parseJson(body))
  if (!request.success) return refuse(400, request.issues[0].message)
  const { userId, conversationId, text } = request.output
  const person = world.people.get(userId)
  const conversation = world.conversations.get(conversationId)
  if (!person) return refuse(404, `There is no user ${userId}`)
  if (!conversation) return refuse(404, `There is no conversation ${conversationId}`)
  if (!conversation.memberIds.includes(userId)) return refuse(400, `${person.nick} is not in ${conversation.title}`)
  const app = [...world.apps.values()].find(({ robotCode }) => conversation.robotCodes.includes(robotCode))
  if (!app) return refuse(404, `There is no bot in ${conversation.title}`)
  const { message } = await say({ person, conversation, app, speech: { content: { msgtype: 'text', text } } })
  return { status: 201, body: toPageMessage(message) }
}

function refuse(status: 400 | 404, error: string): Answer {
  return { status, body: { error } }
}
