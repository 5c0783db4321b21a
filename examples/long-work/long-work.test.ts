import { createSimulator } from '@dingware/simulator'
import { onTestFinished, vi } from 'vitest'
import { startRedis, testWithRedis } from '../../tests/support/redis.ts'

testWithRedis(
  'work that takes long is handed over, and answered in the group when it is done',
  { timeout: 60_000 },
  async () => {
    const server = await startRedis()
    onTestFinished(server.close)
    await using sim = await createSimulator()
    const { environment, clientId, clientSecret } = sim
    const more = { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret, REDIS_URL: server.path }
    for (const [name, value] of Object.entries({ ...environment, ...more })) vi.stubEnv(name, value)
    const { bot } = await import('./long-work.ts')
    onTestFinished(() => bot.stop())
    await bot.start()
    const team = sim.group('Team')
    await sim.user('Alice').in(team).say('/report sales')

    await sim.expectReply(/takes a while/, { in: team, timeout: 20_000 })
    await sim.expectReply(/All is well/, { in: team, timeout: 20_000 })
    // Said by the robot of its own accord, not through the webhook of the message.
    await sim.until(() => sim.calls.some(({ path }) => path.includes('/robot/groupMessages/send')))
  },
)
