import * as v from 'valibot'
import type { World } from '../world/world.ts'
import { type Answer, refuse } from './answer.ts'
import type { NewGroup, NewUser, ReadRequest } from './protocol.ts'
import { toPageConversation, toPageUser } from './view.ts'

/** People and groups that can be made from the page: a simulator may run for days. */
const MOST = 1_000
const LONGEST_NAME = 100

const name = v.pipe(v.string(), v.trim(), v.nonEmpty('a name is needed'), v.maxLength(LONGEST_NAME))

/** Body of `POST /_sim/users`. */
export const userSchema: v.GenericSchema<unknown, NewUser> = v.object({ nick: name })

/** Takes somebody on, and opens their chat with each bot. */
export function addUser(world: World, { nick }: NewUser): Answer {
  if (world.people.size >= MOST) return refuse(400, `There are ${MOST} users already`)
  const person = world.person(nick)
  for (const app of world.apps.values()) world.privateChat(person, app)
  return { status: 201, body: toPageUser(person) }
}

/** Body of `POST /_sim/groups`. */
export const groupSchema: v.GenericSchema<unknown, NewGroup> = v.object({
  title: name,
  memberIds: v.pipe(v.array(v.string()), v.nonEmpty('a group needs a member'), v.maxLength(MOST)),
})

/** Makes a group, or lets more people join the one of that title. */
export function addGroup(world: World, { title, memberIds }: NewGroup): Answer {
  if (world.conversations.size >= 2 * MOST) return refuse(400, `There are ${2 * MOST} conversations already`)
  const members = memberIds.flatMap(id => world.people.get(id) ?? [])
  if (members.length < memberIds.length) return refuse(404, 'One of the members does not exist')
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
  if (!isMember) return refuse(404, 'There is no such conversation with that user in it')
  world.readAll(conversationId, userId)
  return { status: 204, body: undefined }
}
