import type { Simulator } from '@dingware/simulator'
import { expect } from 'vitest'
import { showCard } from '../../packages/simulator/src/testing/cards.ts'
import { callsOf } from './stage.ts'

/** Where a row is run, before and after: beside a simulator that its bot is connected to. */
export interface NodeStage {
  readonly sim: Simulator
  /** Resolves when the bot has printed the text. */
  printed(text: string): Promise<void>
  /** Does what SIGTERM does. */
  terminate(): Promise<void>
}

/** Acts, and gives what people or the platform got: the same before and after. */
export type NodeScenario = (stage: NodeStage) => Promise<unknown>

export interface NodeCase {
  readonly play: NodeScenario
  readonly expected: unknown
  /** What one wrote by hand, where the page only describes it. */
  readonly byHand?: string
}

/** What Alice hears when she says hi. */
const hears: NodeScenario = async ({ sim }) => {
  const said = await sim.user('Alice').say('hi')
  const { content } = await said.reply()
  return { content, code: codeOf(await said.ack) }
}

/** The texts of the cards that are finished, from the template of both bots. */
const cardShows =
  (variable: string): NodeScenario =>
  async ({ sim }) => {
    await sim.user('Alice').say('hi')
    const whole = () => [...sim.cards.values()].find(({ variables }) => variables[variable] === '3 tasks done')
    const { variables } = await sim.until(whole, { timeout: 10_000 })
    return variables[variable]
  }

const codeOf = (ack: object): unknown => Reflect.get(ack, 'code')

const createCard = (template: string, variables: string): string => `
  const auth = { 'x-acs-dingtalk-access-token': await client.getAccessToken() }
  const outTrackId = 'card-' + message.msgId
  await axios.post('https://api.dingtalk.com/v1.0/card/instances/createAndDeliver', {
    cardTemplateId: '${template}',
    outTrackId,
    callbackType: 'STREAM',
    cardData: { cardParamMap: ${variables} },
    openSpaceId: 'dtv1.card//IM_ROBOT.' + message.senderStaffId,
    imRobotOpenSpaceModel: { supportForward: true },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: clientId },
  }, { headers: auth })
`

export const cases: Readonly<Record<number, NodeCase>> = {
  2: {
    async play({ sim, printed }) {
      await sim.user('Alice').say('hi')
      await printed('Alice')
    },
    expected: undefined,
  },
  3: {
    async play({ sim }) {
      await showCard(sim)
      const alice = sim.user('Alice')
      const approved = await alice.click('trk_1', 'approve')
      const rejected = await alice.click('trk_1', 'reject')
      return [approved, rejected].map(({ card }) => card.viewFor(alice))
    },
    expected: ['approve', 'reject'].map(status => ({ title: 'Hi', count: '3', status })),
  },
  4: {
    async play({ sim, printed }) {
      const { status } = await sim.event('user_add_org', { userId: ['u-1'] })
      await printed("[ 'u-1' ]")
      return status
    },
    expected: 'SUCCESS',
  },
  5: {
    async play({ sim }) {
      const first = await sim.event('user_add_org', { userId: ['u-1'] })
      const pushes = () => sim.frames.filter(({ raw }) => raw.includes('"EVENT"') && raw.includes(first.eventId)).length
      const before = pushes()
      sim.clock.advance(10_000)
      await sim.until(() => pushes() > before)
      return first.status
    },
    expected: 'LATER',
  },
  6: {
    play: async ({ sim }) => (await sim.graph({ uri: '/v1.0/weather/get' })).response,
    expected: expect.objectContaining({ status: 200, body: { degrees: 24 } }),
  },
  7: {
    async play({ sim }) {
      const { ack } = await sim.push({ type: 'CALLBACK', topic: '/v1.0/orders', data: {} })
      const { code, data } = Object(await ack)
      return { code, data }
    },
    expected: { code: 200, data: '{"response":{"ordered":true}}' },
  },
  9: {
    async play({ sim, terminate }) {
      await terminate()
      await sim.until(() => sim.connections.length === 0)
    },
    expected: undefined,
  },
  10: {
    async play({ sim }) {
      const { ack } = await sim.user('Alice').say('hi')
      return codeOf(await ack)
    },
    expected: 200,
  },
  11: { play: hears, expected: { content: { kind: 'text', text: 'done' }, code: 200 } },
  12: {
    async play(stage) {
      const heard = await hears(stage)
      const [call] = callsOf(stage.sim, '/robot/sendBySession')
      return { heard, at: Object(call?.body).at }
    },
    expected: {
      heard: {
        content: { kind: 'markdown', title: 'Build', text: expect.stringMatching(/^\*\*green\*\* @/) },
        code: 200,
      },
      at: { atUserIds: [expect.any(String)] },
    },
  },
  13: {
    async play({ sim }) {
      await sim.user('Alice').say('hi')
      const [call] = await sim.until(
        () => callsOf(sim, '/topapi/v2/user/get').length > 0 && callsOf(sim, '/topapi/v2/user/get'),
      )
      return { asked: Object(call?.body).userid === sim.user('Alice').userId, status: call?.status }
    },
    expected: { asked: true, status: 200 },
  },
  14: { play: hears, expected: { content: { kind: 'text', text: 'ready' }, code: 200 } },
  15: {
    play: cardShows('markdown'),
    expected: '3 tasks done',
    byHand: createCard('589420e2-c1e2-46ef-a5ed-b8728e654da9.schema', "{ markdown: '3 tasks done' }"),
  },
  16: {
    play: cardShows('msgContent'),
    expected: '3 tasks done',
    byHand: `${createCard('382e4302-551d-4880-bf29-a30acfab2e71.schema', "{ flowStatus: '1' }")}
      const frame = { outTrackId, key: 'msgContent', isFull: true }
      for (const [content, isFinalize] of [['3 tasks ', false], ['3 tasks done', true]]) {
        const url = 'https://api.dingtalk.com/v1.0/card/streaming'
        await axios.put(url, { ...frame, guid: crypto.randomUUID(), content, isFinalize, isError: false }, { headers: auth })
      }`,
  },
}
