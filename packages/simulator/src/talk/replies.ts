import type { Hub } from '../gateway/hub.ts'
import type { Waiter, WaitOptions } from '../utils/wait.ts'
import type { Conversation, Message } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { type Expected, matches, textOf } from './text.ts'

/** Options of `sim.expectReply()`. */
export interface ExpectOptions extends WaitOptions {
  /** The conversation that it must be in; any by default. */
  readonly in?: Pick<Conversation, 'conversationId'>
}

export interface Replies {
  /** The first message of a bot after `said`, in the same conversation. */
  after(said: Message, options?: WaitOptions): Promise<Message>
  /** The oldest message of a bot that fits and that no wait has taken before. */
  expect(expected: Expected, options?: ExpectOptions): Promise<Message>
}

export function createReplies(deps: { world: World; hub: Hub; waiter: Waiter }): Replies {
  const { world, hub, waiter } = deps
  const taken = new WeakSet<Message>()

  const ofBots = (fits: (message: Message) => boolean) =>
    world.messages.filter(message => message.from.kind === 'bot' && fits(message))

  async function take(look: () => Message | undefined, complain: () => string, options?: WaitOptions) {
    const message = await waiter.until(look, complain, options)
    taken.add(message)
    return message
  }

  function arrived(messages: readonly Message[]): string {
    const lines = messages.slice(-10).map(message => `  ${message.from.nick}: ${JSON.stringify(textOf(message))}`)
    const open = hub.infos().filter(({ state }) => state === 'open').length
    const what = lines.length > 0 ? `What bots said instead:\n${lines.join('\n')}` : 'No bot said anything.'
    return `${what}\nOpen bot connections: ${open}.${open === 0 ? ' Nobody is there to answer: is the bot started?' : ''}`
  }

  return {
    after(said, options) {
      const here = ({ conversationId, sequence }: Message) =>
        conversationId === said.conversationId && sequence > said.sequence
      const complain = () => {
        const elsewhere = ofBots(({ sequence }) => sequence > said.sequence)
        return `No reply to ${JSON.stringify(textOf(said))} of ${said.from.nick}. ${arrived(elsewhere)}`
      }
      return take(() => ofBots(here)[0], complain, options)
    },
    expect(expected, { in: where, ...options } = {}) {
      const fits = (message: Message) =>
        (where === undefined || message.conversationId === where.conversationId) &&
        !taken.has(message) &&
        matches(expected, message)
      const complain = () => `Expected a bot to say ${name(expected)}. ${arrived(ofBots(() => true))}`
      return take(() => ofBots(fits)[0], complain, options)
    },
  }
}

function name(expected: Expected): string {
  if (typeof expected === 'function') return `something that passes ${expected.name || 'the given test'}`
  return typeof expected === 'string' ? JSON.stringify(expected) : String(expected)
}
