import { expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { showCard } from '../../testing/cards.ts'
import { connect } from '../../testing/client.ts'

const topic = '/v1.0/card/dynamicData/get'
const source = { dynamicDataSourceId: 'ds_votes', constParams: { poll: '42' } }
const openDynamicDataConfig = {
  dynamicDataSourceConfigs: [{ ...source, pullConfig: { pullStrategy: 'INTERVAL', interval: 6, timeUnit: 'SECONDS' } }],
}

test('a card asks for the data of its sources', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic }] })
  await showCard(sim, { openDynamicDataConfig })
  const alice = sim.user('Alice')
  const pulled = sim.pullDynamicData('trk_1', { for: alice })
  const frame = await client.next(topic)
  expect(JSON.parse(frame.data)).toEqual({
    type: 'dynamicDataCallback',
    corpId: 'dingsimulator00000001',
    userId: alice.userId,
    outTrackId: 'trk_1',
    content: JSON.stringify({ dynamicDataSourceQueryRequests: [source] }),
  })
  const answer = { dynamicDataSourceId: 'ds_votes', dynamicDataValueType: 'OBJECT', data: '{"yes":3}' }
  client.ack(frame, { response: { dataSourceQueryResponses: [answer] } })
  expect((await pulled).responses).toEqual([answer])

  const wrong = sim.pullDynamicData('trk_1', { for: alice, sources: [] })
  client.ack(await client.next(topic), { response: {} })
  expect((await wrong).responses).toBeUndefined()
  expect(sim.violations).toMatchObject([{ reason: expect.stringContaining('the answer to a pull of data is wrong') }])
})
