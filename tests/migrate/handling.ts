import { expect, vi } from 'vitest'
import { showCard } from '../../packages/simulator/src/testing/cards.ts'
import { callsOf, type Scenarios } from './stage.ts'

const SESSION = '/robot/sendBySession'

export const handling: Scenarios = {
  '8': [
    async ({ sim, start }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await start()
      const alice = sim.user('Alice')
      await alice.say('hi')
      await sim.expectReply('echo: hi')
      expect(await sim.event('user_add_org', { userId: [alice.userId] })).toMatchObject({ status: 'SUCCESS' })
      await sim.expectReply('Welcome!')
      expect(await sim.event('label_user_change')).toMatchObject({ status: 'SUCCESS' })
      expect(log.mock.calls).toEqual([['label_user_change']])
      const { ack } = await sim.push({ type: 'CALLBACK', topic: '/v1.0/orders', data: { order: 1 } })
      expect(await ack).toMatchObject({ code: 200, data: JSON.stringify({ response: { ordered: true } }) })
    },
  ],
  '9 12': [
    async ({ sim, start }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await start()
      const ackOf = async (text: string) => (await sim.user('Alice').say(text)).ack
      const fine = JSON.stringify({ response: { fine: true } })
      expect(await ackOf('/ok')).toMatchObject({ code: 200, data: fine })
      expect(await ackOf('/bad')).toMatchObject({ code: 400, message: 'a city, please' })
      expect(await ackOf('/unknown')).toMatchObject({ code: 404, message: 'not implemented' })
      expect(await ackOf('/broken')).toMatchObject({ code: 500 })
      await vi.waitFor(() => expect(log).toHaveBeenCalledWith(expect.stringContaining('Error: broken')))
      expect(log).toHaveBeenCalledWith('online')
      expect(log.mock.calls.filter(([kind]) => kind === 'chatbot')).toHaveLength(3)
    },
  ],
  '11': [
    async ({ sim, start }) => {
      await start()
      const said = await sim.user('Alice').say('/fib 20')
      const acked = said.ack.then(() => 'ack')
      expect(await Promise.race([acked, said.reply().then(() => 'reply')])).toBe('ack')
      await sim.expectReply('6765')
    },
  ],
  '13': [
    async ({ sim, start }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await start()
      const data = { hello: 'world', nobodyKnows: [1] }
      const headers = { eventType: 'made_up', eventId: 'e-1', eventBornTime: '1700000000000', traceId: 't-1' }
      const { ack } = await sim.push({ type: 'EVENT', topic: '*', data, headers })
      expect(await ack).toMatchObject({ code: 200 })
      const info = { type: 'made_up', id: 'e-1', bornTime: 1_700_000_000_000, data, extension: 't-1', raw: data }
      expect(log.mock.calls).toEqual([[info]])
    },
  ],
  '28': [
    async ({ sim, start }) => {
      await start()
      await showCard(sim)
      const alice = sim.user('Alice')
      const approved = await alice.click('trk_1', 'approve')
      expect(approved.card.viewFor(alice)).toMatchObject({ title: 'Hi', state: `approved by ${alice.userId}` })
      const { card } = await alice.click('trk_1', 'details')
      expect(card.viewFor(alice)).toMatchObject({ clicked: 'details' })
      expect(card.variables).not.toHaveProperty('clicked')
    },
  ],
  '29': [
    async ({ sim, start }) => {
      await start()
      const { payload } = await sim.user('Alice').in(sim.group('Team')).say('hi')
      const body = { city: '杭州', webhook: payload.sessionWebhook }
      // The simulator's session webhook does not know cards.
      sim.faults.api({ path: SESSION, fault: { status: 200, body: { errcode: 0, errmsg: 'ok' } } })
      const { response } = await sim.graph({ uri: '/v1.0/weather/get', body })
      expect(response).toMatchObject({ status: 200, body: { city: '杭州', degrees: 24 } })
      const [card] = await sim.until(() => callsOf(sim, SESSION).length > 0 && callsOf(sim, SESSION))
      expect(card?.body).toMatchObject({
        contentType: 'ai_card',
        content: { cardData: { content: '**杭州** 24 °C' } },
      })
    },
  ],
}
