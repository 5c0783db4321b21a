import type { ApiAnswer } from '../../http/answers.ts'
import { fail } from '../../http/answers.ts'
import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import { placeOf } from '../robot/deps.ts'

/** The group or chat of two that a card goes to: not one that is disbanded, or that the bot has left. */
export function chatOf(
  world: World,
  app: App,
  openConversationId: string,
): Conversation | { readonly refusal: ApiAnswer } {
  const type = world.conversations.get(openConversationId)?.type ?? 'group'
  return placeOf(world, app.robotCode, openConversationId, type)
}

/** The chats of people with the bot, or the no where nobody of them is known. */
export function chatsWith(
  world: World,
  app: App,
  userIds: readonly string[],
): readonly Conversation[] | { readonly refusal: ApiAnswer } {
  const people = userIds.flatMap(id => world.people.get(id) ?? [])
  if (people.length === 0) return nobody
  return people.map(person => world.privateChat(person, app))
}

const nobody = { refusal: fail(400, 'invalid.openConversationId', 'there is nobody to send it to') }
