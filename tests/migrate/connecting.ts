import { expect, vi } from 'vitest'
import { callsOf, type Scenario, type Scenarios } from './stage.ts'

const OPEN = '/v1.0/gateway/connections/open'
export const TOKEN = '/v1.0/oauth2/accessToken'

/** Says hi; the bot answers with a text. */
export function answers(reply: string, text = 'hi'): Scenario {
  return async ({ sim, start }) => {
    await start()
    await sim.user('Alice').say(text)
    await sim.expectReply(reply)
  }
}

export const connecting: Scenarios = {
  '1': [
    async stage => {
      const { clientId, clientSecret } = stage.sim
      for (const name of ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET']) vi.stubEnv(name, undefined)
      vi.stubEnv('MY_BOT_ID', clientId)
      vi.stubEnv('MY_BOT_SECRET', clientSecret)
      await answers('echo: hi')(stage)
      expect(stage.sim.connections).toMatchObject([{ clientId }])
    },
  ],
  '2': [
    async ({ sim, start }) => {
      const info = vi.spyOn(console, 'info').mockImplementation(() => {})
      for (const level of ['debug', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => {})
      await start()
      const [first] = sim.connections
      await sim.user('Alice').say('x'.repeat(300 * 1024))
      await sim.until(() => sim.connections.some(({ id }) => id !== first?.id))
      await sim.user('Alice').say('hi')
      await sim.expectReply('still here')
      const why = expect.objectContaining({ detail: 'Max payload size exceeded' })
      expect(info).toHaveBeenCalledWith(expect.any(String), why)
    },
    async ({ sim, load }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await load()
      const { ack } = await sim.user('Alice').say('hi')
      const seen = { response: { seen: '/v1.0/im/bot/messages/get' } }
      expect(await ack).toMatchObject({ status: 'acked', code: 200, data: JSON.stringify(seen) })
      sim.rotate()
      await vi.waitFor(() => expect(log).toHaveBeenCalledWith('disconnect'))
    },
  ],
  '3': [
    async ({ sim, load }) => {
      const { bot } = await load()
      expect(bot?.state).toBe('online')
      const stopped = new Promise(resolve => bot?.onState(state => state === 'stopped' && resolve(state)))
      await sim.user('Alice').say('/quit')
      await stopped
      await sim.until(() => sim.connections.length === 0)
    },
    async ({ sim, load }) => {
      const before = process.listeners('SIGTERM')
      const running = load()
      await sim.connected()
      await sim.user('Alice').say('ping')
      await sim.expectReply('pong')
      for (const listener of process.listeners('SIGTERM')) if (!before.includes(listener)) listener('SIGTERM')
      const { bot } = await running
      expect(bot?.state).toBe('stopped')
    },
  ],
  '4': [
    async stage => {
      await answers('pong')(stage)
      expect(callsOf(stage.sim, OPEN)).toMatchObject([{ body: { ua: 'my-bot/1.0', localIp: '10.1.2.3' } }])
    },
  ],
  '5': [
    async ({ sim, start }) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      await start()
      const [first] = sim.connections
      sim.faults.reset()
      await sim.until(() => sim.connections.some(({ id }) => id !== first?.id))
      await sim.user('Alice').say('hi')
      await sim.expectReply('back again')
      expect(log.mock.calls.flat()).toEqual(['connecting', 'online', 'reconnecting', 'online'])
    },
  ],
  '10': [
    async stage => {
      // What is not awaited would come second.
      stage.sim.faults.api({ path: TOKEN, delay: 100 })
      await answers('ready')(stage)
      const paths = stage.sim.calls.map(({ path }) => path)
      expect(paths.indexOf(TOKEN)).toBeGreaterThanOrEqual(0)
      expect(paths.indexOf(TOKEN)).toBeLessThan(paths.indexOf(OPEN))
    },
  ],
}
