import { expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator } from '../../simulator.ts'
import { post } from '../../testing/client.ts'

test('over 20 a minute in one conversation: 660026, and then 410100 for ten minutes', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock, switches: { webhookPerMinute: 20 } })
  const alice = sim.user('Alice')
  const hooks = [(await alice.say('a')).payload.sessionWebhook, (await alice.say('b')).payload.sessionWebhook]
  const send = async (index: number) =>
    Object((await post(hooks[index % 2] ?? '', { msgtype: 'text', text: { content: 'x' } })).body).errcode
  for (let index = 0; index < 20; index += 1) expect(await send(index)).toBe(0)
  expect(await send(0)).toBe(660026)
  expect(await send(1)).toBe(410100)
  const elsewhere = await sim.user('Bob').say('c')
  expect(await post(elsewhere.payload.sessionWebhook, { msgtype: 'empty' })).toMatchObject({ body: { errcode: 0 } })
  clock.advance(599_999)
  expect(await send(0)).toBe(410100)
  clock.advance(1)
  expect(await send(0)).toBe(0)
})

test('a group that is gone: 400013; without the bot: 400106', async () => {
  await using sim = await createSimulator()
  const send = async (title: string, end: 'disband' | 'removeBot') => {
    const group = sim.group(title)
    const { payload } = await sim.user('Alice').in(group).say('hi')
    sim[end](group)
    return (await post(payload.sessionWebhook, { msgtype: 'text', text: { content: 'x' } })).body
  }
  expect(await send('Gone', 'disband')).toMatchObject({ errcode: 400013 })
  expect(await send('Closed', 'removeBot')).toMatchObject({ errcode: 400106 })
})
