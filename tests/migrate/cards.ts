import type { Card, Simulator } from '@dingware/simulator'
import { expect } from 'vitest'
import type { Scenarios } from './stage.ts'

/** The newest card, once it passes. */
function shows({ cards, until }: Simulator, test: (card: Card) => boolean): Promise<Card> {
  return until(
    () => {
      const card = [...cards.values()].at(-1)
      return card && test(card) ? card : undefined
    },
    { timeout: 10_000 },
  )
}

const variable =
  (name: string, value: string) =>
  ({ variables }: Card): boolean =>
    variables[name] === value

const hasButton =
  (id: string) =>
  ({ variables }: Card): boolean =>
    variables.sys_full_json_obj?.includes(`"id":"${id}"`) === true

const creationIn = ({ calls }: Simulator): unknown => calls.find(({ path }) => path.endsWith('createAndDeliver'))?.body

export const cards: Scenarios = {
  '18 25': [
    async ({ sim, start }) => {
      await start()
      const [alice, team] = [sim.user('Alice'), sim.group('Team')]
      await alice.in(team).say('report')
      const card = await shows(sim, variable('markdown', '4 tasks done'))
      expect(card.variables).toMatchObject({ title: 'Report' })
      expect(creationIn(sim)).toMatchObject({
        callbackType: 'HTTP',
        callbackRouteKey: 'reports',
        imGroupOpenSpaceModel: { supportForward: false },
        imGroupOpenDeliverModel: { atUserIds: { [alice.userId]: 'Alice' }, recipients: [alice.userId] },
      })
    },
  ],
  '19 20': [
    async ({ sim, start }) => {
      await start()
      const alice = sim.user('Alice')
      await alice.say('/leave')
      const card = await shows(sim, variable('tips', 'decided'))
      expect(card.variables).toMatchObject({ markdown: '3 days off?', title: 'Leave' })
      expect(JSON.stringify(creationIn(sim))).toContain('approve')
      await alice.say('/ask')
      const answer = await shows(sim, hasButton('why'))
      expect(answer).toMatchObject({ status: 'finished', variables: { msgContent: '42', msgTitle: 'Answer' } })
    },
  ],
  '21 22': [
    async ({ sim, start }) => {
      await start()
      const alice = sim.user('Alice')
      await alice.say('/cover')
      const carousel = await shows(sim, variable('staticMsgContent', 'Which one?'))
      expect(JSON.parse(carousel.variables.sys_full_json_obj ?? '')).toMatchObject({
        msgSlider: [{ title: 'Sea', image: '@lALsea' }],
        msgButtons: [{ text: 'This one', id: 'image_slider_select_button' }],
      })
      await alice.say('/robot')
      const rpa = await shows(sim, variable('goal', 'Open a page'))
      expect(JSON.parse(rpa.variables.plan ?? '')).toMatchObject({
        pluginInstances: [{ id: 'AGI-EXTENSION-1', version: '1.0.0' }],
      })
    },
  ],
  '23': [
    async ({ sim, start }) => {
      await start()
      const alice = sim.user('Alice')
      await alice.say('/write')
      const good = await shows(sim, hasButton('more'))
      expect(good).toMatchObject({
        status: 'finished',
        variables: {
          msgTitle: 'Essay',
          msgContent: 'Once upon a time, there was a bot.',
          staticMsgContent: 'by the bot',
        },
      })
      await alice.say('/write badly')
      const bad = await shows(sim, ({ status }) => status === 'failed')
      expect(bad.variables.msgContent).toContain('no ideas left')
    },
  ],
  '24': [
    async ({ sim, load }) => {
      const { outTrackIds, notify, approve } = (await load()) as unknown as {
        outTrackIds: string[]
        notify: (userId: string) => Promise<void>
        approve: (outTrackId: string) => Promise<void>
      }
      const { userId } = sim.user('Alice')
      await notify(userId)
      expect(creationIn(sim)).toMatchObject({ userId, cardData: { cardParamMap: { title: 'Leave', days: '3' } } })
      await approve(outTrackIds[0] ?? '')
      expect([...sim.cards.values()]).toMatchObject([{ variables: { title: 'Approved', days: '3' } }])
    },
  ],
  '26 27': [
    async ({ sim, start }) => {
      await start()
      const alice = sim.user('Alice')
      await alice.say('/count')
      const card = await shows(sim, variable('state', '3'))
      expect(card).toMatchObject({ status: 'finished', variables: { answer: 'one, two, three', question: '/count' } })
      await alice.say('/states')
      await sim.expectReply('1 2 3 4 5')
    },
  ],
}
