import * as v from 'valibot'
import type { SayInput, SayResult } from '../apis/bot-messages/say.ts'
import type { Speech, UserContent } from '../apis/bot-messages/speech.ts'
import type { Files, StoredFile } from '../apis/files/store.ts'
import type { App, Conversation, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Answer, bilingual, refuse } from './answer.ts'
import type { PageSpeech, SayRequest } from './requests.ts'
import { toPageMessage, type ViewDeps } from './view.ts'

const LONGEST_TEXT = 20_000
/** Milliseconds: the longest voice message of the clients is a minute, and a video has 20 MB. */
const LONGEST_CLIP = 3_600_000
const MOST_PARTS = 50

const longest = v.check<string, ReturnType<typeof bilingual>>(
  text => text.length <= LONGEST_TEXT,
  bilingual(`text is over ${LONGEST_TEXT} characters`, `文字超过 ${LONGEST_TEXT} 个字符`),
)
const text = v.pipe(v.string(), v.trim(), v.nonEmpty(bilingual('text is empty', '文字是空的')), longest)
const fileId = v.string()
const duration = v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_CLIP))

const content: v.GenericSchema<unknown, PageSpeech> = v.variant('msgtype', [
  v.object({ msgtype: v.literal('text'), text }),
  v.object({
    msgtype: v.literal('richText'),
    parts: v.pipe(
      v.array(v.union([v.object({ text: v.pipe(v.string(), longest) }), v.object({ fileId })])),
      v.nonEmpty(bilingual('parts is empty', 'parts 是空的')),
      v.maxLength(
        MOST_PARTS,
        bilingual(`up to ${MOST_PARTS} parts fit into a message`, `一条消息最多 ${MOST_PARTS} 段`),
      ),
    ),
  }),
  v.object({ msgtype: v.literal('picture'), fileId }),
  v.object({ msgtype: v.literal('file'), fileId }),
  v.object({
    msgtype: v.literal('audio'),
    fileId: v.optional(fileId),
    duration,
    recognition: v.pipe(v.string(), longest),
  }),
  v.object({ msgtype: v.literal('video'), fileId, duration }),
])

/** Body of `POST /_sim/messages`. */
export const saySchema: v.GenericSchema<unknown, SayRequest> = v.object({
  userId: v.string(),
  conversationId: v.string(),
  content,
  quoting: v.optional(v.string()),
  atBot: v.optional(v.boolean()),
  at: v.optional(v.pipe(v.array(v.string()), v.maxLength(100))),
})

export interface PageSayDeps extends ViewDeps {
  readonly world: World
  readonly files: Files
  readonly say: (input: SayInput) => Promise<SayResult>
}

/** Somebody writes on the page. */
export async function pageSay(deps: PageSayDeps, body: SayRequest): Promise<Answer> {
  const place = placeOf(deps.world, body)
  if ('status' in place) return place
  const speech = speechOf(deps, body)
  if ('status' in speech) return speech
  const inGroup = place.conversation.type === 'group'
  const canMention = speech.content.msgtype === 'text' || speech.content.msgtype === 'richText'
  const mention = inGroup && { atBot: canMention && (body.atBot ?? true) }
  const { message } = await deps.say({ ...place, speech: { ...speech, ...mention } })
  return { status: 201, body: toPageMessage(deps, message) }
}

function placeOf(
  world: World,
  { userId, conversationId }: SayRequest,
): { person: Person; conversation: Conversation; app: App } | Answer {
  const person = world.people.get(userId)
  const conversation = world.conversations.get(conversationId)
  if (!person) return refuse(404, `There is no user ${userId}`, `没有用户 ${userId}`)
  if (!conversation) return refuse(404, `There is no conversation ${conversationId}`, `没有会话 ${conversationId}`)
  if (!conversation.memberIds.includes(userId))
    return refuse(400, `${person.nick} is not in ${conversation.title}`, `${person.nick} 不在 ${conversation.title} 里`)
  if (conversation.disbanded) return refuse(400, `${conversation.title} was dissolved`, `${conversation.title} 已解散`)
  const app = [...world.apps.values()].find(({ robotCode }) => conversation.robotCodes.includes(robotCode))
  return app
    ? { person, conversation, app }
    : refuse(404, `There is no bot in ${conversation.title}`, `${conversation.title} 里没有机器人`)
}

function speechOf({ world, files }: PageSayDeps, body: SayRequest): Speech | Answer {
  const { quoting, conversationId, at = [] } = body
  const said = contentOf(files, body.content)
  if (!said) return refuse(404, 'The file is not there any more: upload it again', '文件已不存在，请重新上传')
  const people = at.flatMap(id => world.people.get(id) ?? [])
  if (quoting === undefined) return { content: said, at: people }
  const quoted = world.messages.findLast(({ id }) => id === quoting)
  if (quoted?.conversationId !== conversationId)
    return refuse(404, 'The message that this replies to is gone', '被回复的消息已不存在')
  return { content: said, at: people, quoting: quoted }
}

/** Undefined when one of its files is gone. */
function contentOf(files: Files, said: PageSpeech): UserContent | undefined {
  if (said.msgtype === 'text') return said
  if (said.msgtype === 'richText') {
    const parts = said.parts.map(part => ('text' in part ? part : pictureOf(files.get(part.fileId))))
    return parts.every(part => part !== undefined) ? { msgtype: 'richText', parts } : undefined
  }
  if (said.msgtype === 'audio' && said.fileId === undefined) {
    const { duration, recognition } = said
    return { msgtype: 'audio', duration, recognition }
  }
  const file = files.get(said.fileId ?? '')
  return file && { ...said, file }
}

function pictureOf(file: StoredFile | undefined) {
  return file && { picture: file }
}
