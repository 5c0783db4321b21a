import { click } from '../apis/card/click.ts'
import type { CustomRobot, CustomRobotOptions } from '../apis/custom-robots/store.ts'
import type { Platform } from '../server/platform.ts'
import { createReplies, type ExpectOptions } from '../talk/replies.ts'
import type { Expected } from '../talk/text.ts'
import { createUsers, type Group, type User } from '../talk/users.ts'
import type { Waiter } from '../utils/wait.ts'
import type { Conversation, Message, Person } from '../world/types.ts'

/** The people and groups of a simulator, and the bot's messages to them. */
export interface Chats {
  /**
   * A person in the organisation, by name. The first call creates them; later calls return the same person, with the
   * same ids, in every run.
   *
   * @example
   * const said = await sim.user('Alice').say('hi')
   */
  user(nick: string): User
  /**
   * A group with the bot in it, by title. The first call creates it; `members` who are not in it yet join.
   *
   * @example
   * const team = sim.group('Team', [alice, bob])
   * await alice.in(team).say('hi') // with an @ of the bot
   */
  group(title: string, members?: readonly Pick<Person, 'nick'>[]): Group
  /**
   * A chat of two people into which the bot was brought. `alice.in(chat)` speaks there.
   *
   * @example
   * const chat = sim.chat(alice, bob)
   * await alice.in(chat).say('what do you think?')
   */
  chat(one: Pick<Person, 'nick'>, other: Pick<Person, 'nick'>): Conversation
  /**
   * Adds a custom robot to a group, as people do by hand: it belongs to no app, and speaks by its webhook.
   *
   * @example
   * const { webhook } = sim.customRobot(team, { secret: 'SEC…', keywords: ['alert'] })
   */
  customRobot(group: Pick<Conversation, 'conversationId'>, options?: CustomRobotOptions): CustomRobot
  /** Dissolves a group: everything that is sent into it fails from then on. */
  disband(group: Pick<Conversation, 'conversationId'>): void
  /** Removes the bot from a group: it hears nothing of it any more, and cannot write there. */
  removeBot(group: Pick<Conversation, 'conversationId'>): void
  /**
   * Waits for a message of the bot: a whole text, a pattern, or a predicate. Takes the oldest message that matches and
   * that no earlier wait has taken, also one that is there already.
   *
   * Rejects after `timeout` (5,000 ms by default) with an error that lists the messages that came instead.
   *
   * @example
   * const reply = await sim.expectReply(/hello/, { in: team })
   */
  expectReply(expected: Expected, options?: ExpectOptions): Promise<Message>
}

export function createChats(platform: Platform, waiter: Waiter): Chats {
  const { url, app, world, hub } = platform
  const replies = createReplies({ world, hub, waiter })
  const people = (list: readonly Pick<Person, 'nick'>[]) => list.map(({ nick }) => world.person(nick))
  return {
    user: createUsers({
      world,
      replies,
      app,
      cards: platform.cards.all,
      switches: platform.switches,
      say: platform.say,
      click: request => click(platform, app, request),
    }),
    group: (title, members = []) => world.group(title, people(members)),
    chat: (one, other) => world.singleChat(world.person(one.nick), world.person(other.nick)),
    customRobot({ conversationId }, options) {
      const { name, token } = platform.customRobots.add(conversationId, options)
      return { name, webhook: `${url}/robot/send?access_token=${token}` }
    },
    disband: ({ conversationId }) => world.disband(conversationId),
    removeBot: ({ conversationId }) => world.removeBot(conversationId, app.robotCode),
    expectReply: replies.expect,
  }
}
