import { click } from './apis/card/click.ts'
import { type DataSourceRequest, type Pulled, pullData, sourcesOf } from './apis/card/pull.ts'
import type { Card } from './apis/card/types.ts'
import type { CustomRobot, CustomRobotOptions } from './apis/custom-robots/store.ts'
import { type EventOptions, type EventResult, pushEvent } from './apis/event/event.ts'
import type { StoredFile } from './apis/files/store.ts'
import { type GraphRequest, type GraphResult, invokeGraph } from './apis/graph/graph.ts'
import type { ManualClock } from './clock/clock.ts'
import type { Faults } from './faults/faults.ts'
import type { ConnectionInfo, Delivery, FrameRecord, PushRequest, Violation } from './gateway/types.ts'
import type { HttpCall } from './http/calls.ts'
import type { Permissions } from './limits/permissions.ts'
import type { Quota } from './limits/quota.ts'
import type { Throttle } from './limits/throttle.ts'
import { environmentOf, type SimulatorEnvironment } from './options/environment.ts'
import { type SimulatorOptions, withDefaults } from './options/options.ts'
import type { Switches } from './options/switches.ts'
import type { SimulatorEvent } from './platform/events.ts'
import { type Platform, startPlatform } from './platform/platform.ts'
import type { CardReference } from './talk/hands.ts'
import { createPeople, type Group, type User } from './talk/people.ts'
import { createReplies, type ExpectOptions } from './talk/replies.ts'
import type { Expected } from './talk/text.ts'
import { createWaiter, type WaitOptions } from './utils/wait.ts'
import { type Replay, type ReplayOptions, replay } from './workbench/fixture/replay.ts'
import type { Fixture } from './workbench/fixture/types.ts'
import type { Conversation, Message, Person } from './world/types.ts'

/** A DingTalk in this process. Its lists are live and hold the newest entries. */
export interface Simulator extends AsyncDisposable {
  /** `http://host:port` (`https://` with the option `tls`), for both kinds of API; open it in a browser for the chat page. */
  readonly url: string
  /**
   * The certificate that clients have to trust, in PEM; undefined without the option `tls`.
   *
   * @example
   * await using sim = await createSimulator({ tls: true })
   * const bot = createBot({ endpoint: sim.url, oapiEndpoint: sim.url, tls: { ca: sim.certificate }, ...credentials })
   */
  readonly certificate: string | undefined
  readonly clientId: string
  readonly clientSecret: string
  /** Environment variables that make a bot one of here: its credential, and where its platform is. */
  readonly environment: SimulatorEnvironment

  /** Somebody in the organisation, by name; made at the first call. */
  user(nick: string): User
  /** A group with the bot in it, by title; made at the first call. `members` who are not in it yet join. */
  group(title: string, members?: readonly Pick<Person, 'nick'>[]): Group
  /** The chat of two people, into which the bot was brought. `alice.in(chat)` speaks there. */
  chat(one: Pick<Person, 'nick'>, other: Pick<Person, 'nick'>): Conversation
  /**
   * Puts a custom robot into a group, as people do by hand: it belongs to no app, and speaks by its webhook.
   *
   * @example
   * const { webhook } = sim.customRobot(team, { secret: 'SEC…', keywords: ['alert'] })
   */
  customRobot(group: Pick<Conversation, 'conversationId'>, options?: CustomRobotOptions): CustomRobot
  /** Dissolves a group: sends into it fail from then on. */
  disband(group: Pick<Conversation, 'conversationId'>): void
  /** Takes the bot out of a group. */
  removeBot(group: Pick<Conversation, 'conversationId'>): void
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

  /**
   * Pushes an event, and again by `switches.eventRedelivery` until it is answered with SUCCESS. Resolves with the first
   * answer, or when its deadline is over.
   *
   * @example
   * const { status } = await sim.event('user_add_org', { userId: ['u1'] })
   */
  event(type: string, data?: unknown, options?: EventOptions): Promise<EventResult>
  /**
   * Calls an ability that the bot offers as a plugin; resolves with its answer.
   *
   * @example
   * const { response } = await sim.graph({ uri: '/v1.0/weather/get', body: { location: '杭州' } })
   */
  graph(request: GraphRequest): Promise<GraphResult>
  /**
   * Lets a card ask the bot for its dynamic data, by default all sources of its `openDynamicDataConfig`, on behalf of
   * one who looks at it.
   */
  pullDynamicData(
    card: CardReference,
    options: { readonly for: Pick<Person, 'nick'>; readonly sources?: readonly DataSourceRequest[] },
  ): Promise<Pulled>
  /** Pushes a frame of one's own to a connection that has subscribed to it, past quotas, faults and redelivery. */
  push(request: PushRequest): Promise<Delivery>
  /**
   * Writes down what was pushed to the bot so far, in one conversation or in all, for `replay`. Secrets are left out, and
   * so is what came again (redelivery, faults): that is for the platform of the next run to decide.
   *
   * @example
   * await writeFile('order.fixture.json', JSON.stringify(sim.fixture({ in: team })))
   */
  fixture(options?: { readonly in?: Pick<Conversation, 'conversationId'> }): Fixture
  /**
   * Repeats a session against the bot that is connected now: the same people say and click the same in the same places,
   * with ids and webhooks of this run. `fixture` is what `sim.fixture()` gave, or what stands in the file that the page's
   * inspector exported. Resolves when the last push was acked or its deadline is over.
   *
   * Rejects when `fixture` is none, and when the bot does not send as many messages as it had sent when the session was
   * recorded, within `timeout` (5,000 ms by default) before each push; `waitForReplies: false` does not wait for them.
   *
   * @example
   * await sim.replay(JSON.parse(await readFile('order.fixture.json', 'utf8')))
   * await sim.expectReply('Ordered.')
   */
  replay(fixture: unknown, options?: ReplayOptions): Promise<Replay>
  /** Ends every connection the regular way: SYSTEM `disconnect`, and the TCP connection 10 s later. */
  rotate(options?: { readonly closeAfter?: number }): void
  /** What goes wrong on the way. */
  readonly faults: Faults
  /** What the app is permitted to do. */
  readonly permissions: Permissions
  /** What is used up of the month. */
  readonly quota: Quota
  /** How often each API may be called. */
  readonly throttle: Throttle
  /** How the platform behaves where that is not clear. */
  readonly switches: Switches
  /**
   * The time that tickets, tokens, webhooks, quotas and redelivery go by. Waits of tests (`expectReply`, `until`) are in
   * real time.
   *
   * @example
   * sim.clock.advance(7_200_000) // every token has expired
   */
  readonly clock: Pick<ManualClock, 'now' | 'advance'>
  /** The bot's reactions to a message: the bodies that set them. */
  reactions(message: Pick<Message, 'id'>): readonly unknown[]
  /** A file that a bot has uploaded; undefined when there is no such media id. */
  media(mediaId: string): StoredFile | undefined

  /** Ends all connections and waits. Nothing is left behind. */
  close(): Promise<void>
}

/**
 * Starts a local DingTalk for development and tests. Rejects, with `code` `EADDRINUSE`, when the port is taken.
 *
 * @example
 * await using sim = await createSimulator()
 * // start a bot with sim.environment as its environment variables, then
 * const said = await sim.user('Alice').say('hi')
 * const reply = await said.reply()
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const platform = await startPlatform(withDefaults(options))
  const { url, app, world, hub, bus, faults } = platform
  const waiter = createWaiter(bus, platform.closed)
  const replies = createReplies({ world, hub, waiter })
  const user = createPeople({
    world,
    replies,
    app,
    cards: platform.cards.all,
    switches: platform.switches,
    say: platform.say,
    click: request => click(platform, app, request),
  })
  let closing: Promise<void> | undefined

  function close(): Promise<void> {
    closing ??= platform.close()
    return closing
  }

  return {
    url,
    certificate: platform.certificate?.cert,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: environmentOf(app, url),
    user,
    group: (title, members = []) =>
      world.group(
        title,
        members.map(({ nick }) => world.person(nick)),
      ),
    chat: (one, other) => world.singleChat(world.person(one.nick), world.person(other.nick)),
    customRobot({ conversationId }, options) {
      const { name, token } = platform.customRobots.add(conversationId, options)
      return { name, webhook: `${url}/robot/send?access_token=${token}` }
    },
    disband: ({ conversationId }) => world.disband(conversationId),
    removeBot: ({ conversationId }) => world.removeBot(conversationId, app.robotCode),
    expectReply: replies.expect,
    messages: world.messages,
    cards: platform.cards.all,
    calls: platform.calls.items,
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
    ...pushers(platform),
    push: request => hub.push(app, request),
    fixture: ({ in: where } = {}) => platform.inspector.fixture(where?.conversationId),
    replay: (fixture, options) => replay({ ...platform, waiter }, fixture, options),
    rotate: rotation => void faults.disconnect(rotation),
    faults,
    permissions: platform.permissions,
    quota: platform.quota,
    throttle: platform.throttle,
    switches: platform.switches,
    clock: platform.time,
    media: platform.files.media,
    reactions: ({ id }) => platform.emotions.of(id),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The pushes that nobody in a chat has caused. */
function pushers(platform: Platform): Pick<Simulator, 'event' | 'graph' | 'pullDynamicData'> {
  const { app, world, cards } = platform
  return {
    event: (type, data = {}, options = {}) => pushEvent(platform, app, { ...options, type, data }),
    graph: request => invokeGraph(platform, app, request),
    async pullDynamicData(reference, { for: viewer, sources }) {
      const outTrackId = typeof reference === 'string' ? reference : reference.outTrackId
      const card = cards.find(outTrackId, app.clientId)
      if (!card) throw new Error(`There is no card ${outTrackId}`)
      const person = world.person(viewer.nick)
      return pullData(platform, app, { card, person, requests: sources ?? sourcesOf(card) })
    },
  }
}
