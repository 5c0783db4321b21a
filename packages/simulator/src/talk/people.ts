import type { RobotMessage } from '../apis/bot-messages/message.ts'
import type { Saying, Utterance } from '../apis/bot-messages/say.ts'
import type { SpeakOptions, Speech, UserContent } from '../apis/bot-messages/speech.ts'
import type { AckResult, Delivery } from '../gateway/types.ts'
import type { WaitOptions } from '../utils/wait.ts'
import type { App, Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { createHands, type Hands, type HandsDeps } from './hands.ts'
import type { Replies } from './replies.ts'

/** What somebody can do in one chat. */
export interface Voice {
  /**
   * Writes to the bot. Resolves when the message was written to a connection of the bot, or when there is none
   * (`said.delivery.delivered` tells).
   *
   * @example
   * const said = await sim.user('Alice').say('hi')
   * const reply = await said.reply()
   */
  say(text: string, options?: SpeakOptions): Promise<Said>
  /**
   * Sends a message of any kind.
   *
   * @example
   * await alice.send({ msgtype: 'picture', file: { name: 'cat.png', bytes } })
   * await alice.send({ msgtype: 'audio', recognition: 'hello', duration: 1_200 })
   */
  send(content: UserContent, options?: SpeakOptions): Promise<Said>
  /**
   * Says the next thing as a reply to `message`.
   *
   * @example
   * await alice.quote(reply).say('what does this mean?')
   */
  quote(message: Message | Pick<Said, 'message'>): Voice
}

/** Somebody who writes to the bot: by themselves in private, or in a group. */
export interface User extends Person, Voice, Hands {
  /** The same in a group, where the message @s the bot. The user joins the group when not in it yet. */
  in(group: Group): Voice
  /** Has read a message, which its read status tells. */
  read(message: Pick<Message, 'id'>): void
}

/** A group chat with the bot in it. */
export type Group = Conversation

export interface Said {
  readonly message: Message
  /** The `data` that was pushed. */
  readonly payload: RobotMessage
  /** The first push; not delivered for what the bot is not told, in a group without an @. */
  readonly delivery: Delivery
  /** Each push; grows as it is redelivered. */
  readonly deliveries: readonly Delivery[]
  /** What the bot acked; never rejects. */
  readonly ack: Promise<AckResult>
  /** The first message of the bot in this conversation afterwards. Rejects after `timeout`, 5,000 ms by default. */
  reply(options?: WaitOptions): Promise<Message>
}

export interface PeopleDeps extends HandsDeps {
  readonly world: World
  readonly replies: Replies
  readonly app: App
  readonly say: (saying: Saying) => Promise<Utterance>
}

export function createPeople(deps: PeopleDeps): (nick: string) => User {
  const { world, app, replies } = deps

  async function speak(person: Person, conversation: Conversation, speech: Speech): Promise<Said> {
    const { message, payload, pushed } = await deps.say({ person, conversation, app, speech })
    const { delivery, deliveries } = pushed
    return {
      message,
      payload,
      delivery,
      deliveries,
      ack: delivery.ack,
      reply: options => replies.after(message, options),
    }
  }

  function voice(person: Person, where: () => Conversation, quoting?: Message): Voice {
    const send: Voice['send'] = (content, options) =>
      speak(person, where(), { ...options, content, ...(quoting && { quoting }) })
    return {
      send,
      say: (text, options) => send({ msgtype: 'text', text }, options),
      quote: quoted => voice(person, where, 'message' in quoted ? quoted.message : quoted),
    }
  }

  function place(person: Person, { conversationId, title }: Group): Conversation {
    const chat = world.conversations.get(conversationId)
    return chat?.type === 'private' ? chat : world.group(title, [person])
  }

  return nick => {
    const person = world.person(nick)
    return {
      ...person,
      ...voice(person, () => world.privateChat(person, app)),
      in: group => voice(person, () => place(person, group)),
      ...createHands(deps, person),
      read: message => world.read(message, person.userId),
    }
  }
}
