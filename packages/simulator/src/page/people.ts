import * as v from 'valibot'
import type { World } from '../world/world.ts'
import { type Answer, bilingual, refuse } from './answer.ts'
import type { MadeUser, NewGroup, NewUser, ReadRequest } from './requests.ts'
import { toPageConversation, toPageUser } from './view.ts'

/** People and groups that can be made from the page: a simulator may run for days. */
const MOST = 1_000
const LONGEST_NAME = 100

const name = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(bilingual('a name is needed', '需要一个名字')),
  v.maxLength(
    LONGEST_NAME,
    bilingual(`a name has up to ${LONGEST_NAME} characters`, `名字最多 ${LONGEST_NAME} 个字符`),
  ),
)

/** Body of `POST /_sim/users`. */
export const userSchema: v.GenericSchema<unknown, NewUser> = v.object({ nick: name })

/** Takes somebody on, and opens their chat with each bot. */
export function addUser(world: World, { nick }: NewUser): Answer {
  if (world.people.size >= MOST) return refuse(400, `There are ${MOST} users already`, `已经有 ${MOST} 个用户了`)
  const isKnown = [...world.people.values()].some(person => person.nick === nick)
  if (isKnown) return refuse(409, `There is somebody called ${nick} already`, `已经有叫 ${nick} 的用户了`)
  const person = world.person(nick)
  const [chat] = [...world.apps.values()].map(app => world.privateChat(person, app))
  const made: MadeUser = { ...toPageUser(person), ...(chat && { conversationId: chat.conversationId }) }
  return { status: 201, body: made }
}

/** Body of `POST /_sim/groups`. */
export const groupSchema: v.GenericSchema<unknown, NewGroup> = v.object({
  title: name,
  memberIds: v.pipe(
    v.array(v.string()),
    v.nonEmpty(bilingual('a group needs a member', '群里至少要有一个成员')),
    v.maxLength(MOST),
  ),
})

/** Makes a group, or lets more people join the one of that title. */
export function addGroup(world: World, { title, memberIds }: NewGroup): Answer {
  if (world.conversations.size >= 2 * MOST)
    return refuse(400, `There are ${2 * MOST} conversations already`, `已经有 ${2 * MOST} 个会话了`)
  const members = memberIds.flatMap(id => world.people.get(id) ?? [])
  if (members.length < memberIds.length) return refuse(404, 'One of the members does not exist', '有成员不存在')
  return { status: 201, body: toPageConversation(world, world.group(title, members)) }
}

/** Body of `POST /_sim/read`. */
export const readSchema: v.GenericSchema<unknown, ReadRequest> = v.object({
  userId: v.string(),
  conversationId: v.string(),
})

/** Somebody has seen a conversation to its end. */
export function markRead(world: World, { userId, conversationId }: ReadRequest): Answer {
  const isMember = world.conversations.get(conversationId)?.memberIds.includes(userId)
  if (!isMember)
    return refuse(404, 'There is no such conversation with that user in it', '没有这个会话，或该用户不在其中')
  world.readAll(conversationId, userId)
  return { status: 204, body: undefined }
}
