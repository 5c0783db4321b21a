import type { AckResult, Delivery } from '../gateway/types.ts'
import type { RobotMessage } from '../robot/message.ts'
import type { Utterance } from '../robot/say.ts'
import type { WaitOptions } from '../wait/wait.ts'
import type { App, Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import type { Replies } from './replies.ts'

/** Somebody who writes to the bot. */
export interface User extends Person {
  /**
   * Writes to the bot in private. Resolves when the message was written to a connection of the bot, or when there is
   * none (`said.delivery.delivered` tells).
   *
   * @example
   * const said = await sim.user('Alice').say('hi')
   * const reply = await said.reply()
   */
  say(text: string): Promise<Said>
  /** The same in a group, where the message @s the bot. The user joins the group when not in it yet. */
  in(group: Group): { say(text: string): Promise<Said> }
}

/** A group chat with the bot in it. */
export type Group = Conversation

export interface Said {
  readonly message: Message
  /** The `data` that was pushed. */
  readonly payload: RobotMessage
  readonly delivery: Delivery
  /** What the bot acked; never rejects. */
  readonly ack: Promise<AckResult>
  /** The first message of the bot in this conversation afterwards. Rejects after `timeout`, 5,000 ms by default. */
  reply(options?: WaitOptions): Promise<Message>
}

export interface PeopleDeps {
  readonly world: World
  readonly replies: Replies
  readonly app: App
  readonly say: (speech: { person: Person; conversation: Conversation; app: App; text: string }) => Promise<Utterance>
}

export function createPeople({ world, replies, app, say }: PeopleDeps): (nick: string) => User {
  async function speak(person: Person, conversation: Conversation, text: string): Promise<Said> {
    const utterance = await say({ person, conversation, app, text })
    const { message, delivery } = utterance
    return { ...utterance, ack: delivery.ack, reply: options => replies.after(message, options) }
  }

  return nick => {
    const person = world.person(nick)
    return {
      ...person,
      say: text => speak(person, world.privateChat(person, app), text),
      in: ({ title }) => ({ say: text => speak(person, world.group(title, [person]), text) }),
    }
  }
}
