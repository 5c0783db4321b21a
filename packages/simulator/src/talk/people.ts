import { buttonOn } from '../card/buttons.ts'
import type { Click, Clicked, ClickOptions } from '../card/click.ts'
import type { Card } from '../card/types.ts'
import type { AckResult, Delivery } from '../gateway/types.ts'
import type { RobotMessage } from '../robot/message.ts'
import type { Saying, Utterance } from '../robot/say.ts'
import type { SpeakOptions, Speech, UserContent } from '../robot/speech.ts'
import type { WaitOptions } from '../wait/wait.ts'
import type { App, Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
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
export interface User extends Person, Voice {
  /** The same in a group, where the message @s the bot. The user joins the group when not in it yet. */
  in(group: Group): Voice
  /**
   * Presses a button of a card. Resolves when the bot's answer is in the card, or its 2 s are over. Rejects when the
   * user does not see the card, and at once when the card has no such button, with those that it has. A template of
   * one's own may have buttons that cannot be known; there `button` is sent as an id. A button that is gone can be
   * clicked on the card as it was before, as by somebody who is late.
   *
   * @param button its text as shown, its id, or the id of its action where that is the only one: `approve` for
   * `approve~4f9k0`. A list holds ids, and is sent as it is.
   * @example
   * const { card, response } = await alice.click('trk_1', '同意')
   */
  click(
    card: CardReference,
    button: string | readonly string[],
    params?: Readonly<Record<string, unknown>>,
    options?: ClickOptions,
  ): Promise<Clicked>
  /**
   * Submits a form of a card, or gives it up with `cancel`.
   *
   * @example
   * await alice.submit(card, { reason: 'holiday', days: { index: 1, value: '2' } })
   */
  submit(card: CardReference, form: Readonly<Record<string, unknown>>, options?: SubmitOptions): Promise<Clicked>
  /** Has read a message, which its read status tells. */
  read(message: Pick<Message, 'id'>): void
}

/** A card, or its `outTrackId`. */
export type CardReference = string | ({ readonly outTrackId: string } & Partial<Pick<Card, 'viewFor'>>)

export interface SubmitOptions extends ClickOptions {
  /** The button's id: `form_submit`, or with `cancel` `form_cancel`, by default. */
  readonly actionId?: string
  readonly cancel?: boolean
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

export interface PeopleDeps {
  readonly world: World
  readonly replies: Replies
  readonly app: App
  readonly cards: ReadonlyMap<string, Card>
  readonly say: (saying: Saying) => Promise<Utterance>
  readonly click: (click: Click) => Promise<Clicked>
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
      ...hands(deps, person),
    }
  }
}

function hands({ world, cards, click }: PeopleDeps, person: Person): Pick<User, 'click' | 'submit' | 'read'> {
  const idOf = (card: CardReference) => (typeof card === 'string' ? card : card.outTrackId)
  const press = (card: CardReference, press: Pick<Click, 'actionIds' | 'params'>, options: ClickOptions = {}) =>
    click({ person, outTrackId: idOf(card), ...press, ...options })
  const wanted = (reference: CardReference, button: string) => {
    const card = cards.get(idOf(reference))
    const seen = typeof reference === 'string' ? undefined : reference.viewFor?.(person)
    return card ? buttonOn(card, card.viewFor(person), seen ?? {}, button) : { id: button }
  }
  return {
    async click(card, button, given = {}, options) {
      if (typeof button !== 'string') return press(card, { actionIds: button, params: given }, options)
      const { id, params } = wanted(card, button)
      return press(card, { actionIds: [id], params: { ...params, ...given } }, options)
    },
    submit(card, form, { actionId, cancel = false, ...options } = {}) {
      const actionIds = [actionId ?? (cancel ? 'form_cancel' : 'form_submit')]
      return press(card, { actionIds, params: cancel ? { user_cancel: 'true' } : { form } }, options)
    },
    read: message => world.read(message, person.userId),
  }
}
