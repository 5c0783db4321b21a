import { createHmac } from 'node:crypto'
import { createSimulator, textOf } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'

test('a signed push over HTTP is answered in the chat, an unsigned one is refused', async () => {
  await using sim = await createSimulator()
  const { environment, clientId, clientSecret } = sim
  const credential = { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret }
  for (const [name, value] of Object.entries({ ...environment, ...credential })) vi.stubEnv(name, value)
  const { app } = await import('./app.ts')
  const { payload } = await sim.user('Alice').say('hi')
  const timestamp = String(Date.now())
  const sign = createHmac('sha256', clientSecret).update(`${timestamp}\n${clientSecret}`).digest('base64')
  const post = (headers: Record<string, string>): Promise<Response> =>
    Promise.resolve(app.request('/dingtalk', { method: 'POST', headers, body: JSON.stringify(payload) }))

  expect((await post({})).status).toBe(403)
  expect((await post({ timestamp, sign })).status).toBe(200)
  expect(sim.messages.map(textOf)).toEqual(['hi', 'hi'])
})
