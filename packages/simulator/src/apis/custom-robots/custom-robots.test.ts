import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { post } from '../../testing/client.ts'

const text = { msgtype: 'text', text: { content: 'alert: disk full' } }
const secret = 'SEC0123456789'

/** As the page of custom robots tells to sign. */
function signed(webhook: string, sim: Simulator, { key = secret, at = sim.clock.now() } = {}): string {
  const sign = createHmac('sha256', key).update(`${at}\n${key}`).digest('base64')
  return `${webhook}&timestamp=${at}&sign=${encodeURIComponent(sign)}`
}

test('what it says is seen in its group, under its own name', async () => {
  await using sim = await createSimulator()
  const team = sim.group('Team')
  const { webhook } = sim.customRobot(team, { name: 'Alerts' })
  expect(await post(webhook, text)).toEqual({ status: 200, body: { errcode: 0, errmsg: 'ok' } })
  expect(await sim.expectReply(/disk full/, { in: team })).toMatchObject({ from: { kind: 'bot', nick: 'Alerts' } })
})

test('with a signature and a keyword, where it asks for them', async () => {
  await using sim = await createSimulator()
  const { webhook } = sim.customRobot(sim.group('Team'), { secret, keywords: ['alert', '告警'] })
  const markdown = { msgtype: 'markdown', markdown: { title: '告警', text: 'x' } }
  for (const body of [text, markdown])
    expect((await post(signed(webhook, sim), body)).body).toMatchObject({ errcode: 0 })
  expect(sim.messages).toHaveLength(2)
})

describe('what is refused: HTTP 200, and an errcode', () => {
  test.each<[string, (webhook: string, sim: Simulator) => string, object, number, string]>([
    ['no signature', webhook => webhook, text, 310000, 'invalid timestamp'],
    ['a wrong one', (webhook, sim) => signed(webhook, sim, { key: 'other' }), text, 310000, 'sign not match'],
    [
      'an old one',
      (it, sim) => signed(it, sim, { at: sim.clock.now() - 3_600_001 }),
      text,
      310000,
      'invalid timestamp',
    ],
    ['no keyword', signed, { msgtype: 'text', text: { content: 'hi' } }, 310000, 'keywords not in content'],
    ['an unknown token', (_, sim) => `${sim.url}/robot/send?access_token=x`, text, 300005, 'token is not exist'],
    ['no token', (_, sim) => `${sim.url}/robot/send`, text, 40035, 'access_token'],
    ['no text', signed, { msgtype: 'text' }, 400201, 'miss param : text'],
    ['an unknown kind', signed, { msgtype: 'voice' }, 400105, ''],
  ])('%s', async (_, address, body, errcode, errmsg) => {
    await using sim = await createSimulator()
    const { webhook } = sim.customRobot(sim.group('Team'), { secret, keywords: ['alert'] })
    const answer = await post(address(webhook, sim), body)
    expect(answer).toMatchObject({ status: 200, body: { errcode, errmsg: expect.stringContaining(errmsg) } })
    expect(sim.messages).toEqual([])
  })

  test('GET, a group that is disbanded, and too many a minute', async () => {
    await using sim = await createSimulator()
    const team = sim.group('Team')
    const { webhook } = sim.customRobot(team)
    expect(await (await fetch(webhook)).json()).toEqual({ errcode: 43002, errmsg: '需要POST请求' })
    sim.switches.webhookPerMinute = 1
    await post(webhook, text)
    expect((await post(webhook, text)).body).toMatchObject({ errcode: 660026 })
    sim.disband(team)
    expect((await post(webhook, text)).body).toMatchObject({ errcode: 400013 })
  })
})
