import type { Card } from './card/types.ts'
import type { SimulatorEvent } from './events.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import type { ConnectionInfo, Delivery, FrameRecord, PushRequest, Violation } from './gateway/types.ts'
import type { HttpCall } from './http/calls.ts'
import { type SimulatorOptions, withDefaults } from './options.ts'
import { startPlatform } from './platform.ts'
import { createPeople, type Group, type User } from './talk/people.ts'
import { createReplies, type ExpectOptions } from './talk/replies.ts'
import type { Expected } from './talk/text.ts'
import { createWaiter, type WaitOptions } from './wait/wait.ts'
import type { Message, Person } from './world/types.ts'

/** A DingTalk in this process. Its lists are live and hold the newest entries. */
export interface Simulator extends AsyncDisposable {
  /** `http://host:port`, for both kinds of API; open it in a browser for the chat page. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  /** Environment variables that point a bot here. */
  readonly environment: { readonly DINGTALK_OPENAPI_ENDPOINT: string; readonly DINGTALK_OAPI_ENDPOINT: string }

  /** Somebody in the organisation, by name; made at the first call. */
  user(nick: string): User
  /** A group with the bot in it, by title; made at the first call. `members` who are not in it yet join. */
  group(title: string, members?: readonly Pick<Person, 'nick'>[]): Group
  /**
   * Waits for a bot to say something: a whole text, a pattern, or what passes a test. Takes the oldest message that
   * fits and that no wait has taken before, also one that is there already. Rejects after `timeout` (5,000 ms by
   * default) and tells what arrived instead.
   *
   * @example
   * const reply = await sim.expectReply(/hello/, { in: team })
   */
  expectReply(expected: Expected, options?: ExpectOptions): Promise<Message>

  /** What was said, oldest first; up to 10,000. */
  readonly messages: readonly Message[]
  /** Cards by `outTrackId`; up to 10,000. */
  readonly cards: ReadonlyMap<string, Card>
  /** HTTP requests with their answers, secrets included; up to 1,000. */
  readonly calls: readonly HttpCall[]
  /** Frames in both directions; up to 5,000. */
  readonly frames: readonly FrameRecord[]
  /** What clients did against the protocol; up to 1,000. Tests assert that it is empty. */
  readonly violations: readonly Violation[]
  /** Connections whose sockets are open, those that get no more pushes included. */
  readonly connections: readonly ConnectionInfo[]

  /** Resolves when at least `count` connections (1 by default) take pushes. */
  connected(count?: number, options?: WaitOptions): Promise<void>
  /**
   * Waits until `look` gives something other than `undefined` and `false`; it is asked now and after each event.
   *
   * @example
   * await sim.until(() => sim.frames.find(frame => frame.verdict === 'late'))
   */
  until<T>(look: () => T | undefined | false, options?: WaitOptions): Promise<T>
  /** Calls `listener` with each event; the function that comes back ends that. */
  on(listener: (event: SimulatorEvent) => void): () => void

  /** Pushes a frame of one's own to a connection that has subscribed to it. */
  push(request: PushRequest): Promise<Delivery>
  /** Ends every connection the regular way: SYSTEM `disconnect`, and the TCP connection 10 s later. */
  rotate(options?: { readonly closeAfter?: number }): void
  /** What goes wrong on the way. */
  readonly faults: Faults

  /** Ends all connections and waits. Nothing is left behind. */
  close(): Promise<void>
}

/**
 * Starts a local DingTalk for development and tests. Rejects, with `code` `EADDRINUSE`, when the port is taken.
 *
 * @example
 * await using sim = await createSimulator()
 * // start a bot with sim.environment, sim.clientId and sim.clientSecret, then
 * const said = await sim.user('Alice').say('hi')
 * const reply = await said.reply()
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const platform = await startPlatform(withDefaults(options))
  const { url, app, world, hub, bus, clock } = platform
  const waiter = createWaiter(bus, platform.closed)
  const replies = createReplies({ world, hub, waiter })
  const faults = createFaults(hub, clock, platform.armed)
  const user = createPeople({ world, replies, app, say: platform.say })
  let closing: Promise<void> | undefined

  function close(): Promise<void> {
    closing ??= platform.close()
    return closing
  }

  return {
    url,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: { DINGTALK_OPENAPI_ENDPOINT: url, DINGTALK_OAPI_ENDPOINT: url },
    user,
    group: (title, members = []) =>
      world.group(
        title,
        members.map(({ nick }) => world.person(nick)),
      ),
    expectReply: replies.expect,
    messages: world.messages,
    cards: platform.cards.all,
    calls: platform.calls,
    frames: platform.records.frames,
    violations: platform.records.violations,
    get connections() {
      return hub.infos()
    },
    async connected(count = 1, wait = {}) {
      const open = () => hub.infos().filter(({ state }) => state === 'open').length
      const complain = () => `Expected ${count} open bot connection(s), there are ${open()}`
      await waiter.until(() => open() >= count, complain, wait)
    },
    until: (look, wait) => waiter.until(look, () => 'What was waited for did not happen', wait),
    on: bus.on,
    push: request => hub.push(app, request),
    rotate: rotation => void faults.disconnect(rotation),
    faults,
    close,
    [Symbol.asyncDispose]: close,
  }
}
