import type { RobotMessage } from '../apis/bot-messages/message.ts'
import type { SayInput, SayResult } from '../apis/bot-messages/say.ts'
import type { SpeakOptions, Speech, UserContent } from '../apis/bot-messages/speech.ts'
import type { AckResult, Delivery } from '../gateway/types.ts'
import type { WaitOptions } from '../utils/wait.ts'
import type { App, Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type CardActions, type CardActionsDeps, createCardActions } from './card-actions.ts'
import type { Replies } from './replies.ts'

/**
 * A person in one chat, who can write there. A user is the speaker of their private chat with the bot; `alice.in(team)`
 * is one in a group.
 */
export interface Speaker {
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
  quote(message: Message | Pick<Said, 'message'>): Speaker
}

/**
 * Old name of {@link Speaker}.
 *
 * @deprecated Use `Speaker`.
 */
export type Voice = Speaker

/** A person of the organisation. Writes to the bot in their private chat, and by `in` in a group. */
export interface User extends Person, Speaker, CardActions {
  /** The same person in a group, where each message @s the bot unless told otherwise. Joins the group when not in it yet. */
  in(group: Group): Speaker
  /** Marks a message as read, as its read status then tells the bot. */
  read(message: Pick<Message, 'id'>): void
}

/** A group chat with the bot in it. */
export type Group = Conversation

/**
 * A message that a person has written, and what became of it.
 *
 * @example
 * const said = await alice.say('hi')
 * expect(textOf(await said.reply())).toBe('hello')
 */
export interface Said {
  /** The message in the chat. */
  readonly message: Message
  /** The `data` that was pushed to the bot. */
  readonly payload: RobotMessage
  /** The first push; not delivered for what the bot is not told, in a group without an @. */
  readonly delivery: Delivery
  /** Each push; grows as it is redelivered. */
  readonly deliveries: readonly Delivery[]
  /** The bot's ack of the first push; never rejects. */
  readonly ack: Promise<AckResult>
  /**
   * Waits for the bot's first message in this conversation after this one. Rejects after `timeout`, 5,000 ms by
   * default, with an error that lists the messages that came elsewhere.
   */
  reply(options?: WaitOptions): Promise<Message>
}

export interface UsersDeps extends CardActionsDeps {
  readonly world: World
  readonly replies: Replies
  readonly app: App
  readonly say: (input: SayInput) => Promise<SayResult>
}

export function createUsers(deps: UsersDeps): (nick: string) => User {
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

  function voice(person: Person, where: () => Conversation, quoting?: Message): Speaker {
    const send: Speaker['send'] = (content, options) =>
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
      ...createCardActions(deps, person),
      read: message => world.read(message, person.userId),
    }
  }
}
