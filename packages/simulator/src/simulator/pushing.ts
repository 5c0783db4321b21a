import { type DataSourceRequest, type Pulled, pullData, sourcesOf } from '../apis/card/pull.ts'
import { type EventOptions, type EventResult, pushEvent } from '../apis/event/event.ts'
import { type GraphRequest, type GraphResult, invokeGraph } from '../apis/graph/graph.ts'
import type { Delivery, PushRequest } from '../gateway/types.ts'
import type { Platform } from '../server/platform.ts'
import type { CardReference } from '../talk/card-actions.ts'
import type { Waiter } from '../utils/wait.ts'
import { type Replay, type ReplayOptions, replay } from '../workbench/fixture/replay.ts'
import type { Fixture } from '../workbench/fixture/types.ts'
import type { Conversation, Person } from '../world/types.ts'

/** Pushes to the bot that no message or click in a chat has caused. */
export interface Pushing {
  /**
   * Pushes an event, and again by `switches.eventRedelivery` until it is answered with SUCCESS. Resolves with the first
   * answer, or when its deadline is over.
   *
   * @example
   * const { status } = await sim.event('user_add_org', { userId: ['u1'] })
   */
  event(type: string, data?: unknown, options?: EventOptions): Promise<EventResult>
  /**
   * Calls an ability that the bot offers as a plugin of an AI assistant, and resolves with its answer.
   *
   * @example
   * const { response } = await sim.graph({ uri: '/v1.0/weather/get', body: { location: '杭州' } })
   */
  graph(request: GraphRequest): Promise<GraphResult>
  /**
   * Asks the bot for the dynamic data of a card, as its client does when a person looks at it: by default all sources
   * of its `openDynamicDataConfig`. Rejects when there is no such card.
   *
   * @example
   * const { responses } = await sim.pullDynamicData('trk_1', { for: alice })
   */
  pullDynamicData(
    card: CardReference,
    options: { readonly for: Pick<Person, 'nick'>; readonly sources?: readonly DataSourceRequest[] },
  ): Promise<Pulled>
  /**
   * Pushes any frame to a connection that has subscribed to it, past quotas, faults and redelivery.
   *
   * @example
   * const { ack } = await sim.push({ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get', data: '{' })
   */
  push(request: PushRequest): Promise<Delivery>
  /**
   * Exports the pushes to the bot so far, of one conversation or of all, for `replay`. Secrets are left out, and so is
   * what came again (redelivery, faults): that is for the platform of the next run to decide.
   *
   * @example
   * await writeFile('order.fixture.json', JSON.stringify(sim.fixture({ in: team })))
   */
  fixture(options?: { readonly in?: Pick<Conversation, 'conversationId'> }): Fixture
  /**
   * Repeats a session against the bot that is connected now: the same people say and click the same in the same places,
   * with ids and webhooks of this run. `fixture` is the result of `sim.fixture()`, or the content of the file that the
   * page's inspector exports. Resolves when the last push was acked or its deadline is over.
   *
   * Rejects when `fixture` is none, and when the bot does not send as many messages as it had sent when the session was
   * recorded, within `timeout` (5,000 ms by default) before each push; `waitForReplies: false` does not wait for them.
   *
   * @example
   * await sim.replay(JSON.parse(await readFile('order.fixture.json', 'utf8')))
   * await sim.expectReply('Ordered.')
   */
  replay(fixture: unknown, options?: ReplayOptions): Promise<Replay>
}

export function createPushing(platform: Platform, waiter: Waiter): Pushing {
  const { app, world, cards, hub } = platform
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
    push: request => hub.push(app, request),
    fixture: ({ in: where } = {}) => platform.exportSession(where?.conversationId),
    replay: (fixture, options) => replay({ ...platform, waiter }, fixture, options),
  }
}
