import { createSimulator, textOf } from '@dingware/simulator'
import { expect, onTestFinished, test, vi } from 'vitest'

test('while a thread computes, the bot answers others', { timeout: 60_000 }, async () => {
  await using sim = await createSimulator()
  const { environment, clientId, clientSecret } = sim
  const credential = { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret }
  for (const [name, value] of Object.entries({ ...environment, ...credential })) vi.stubEnv(name, value)
  const { bot } = await import('./cpu-work.ts')
  onTestFinished(() => bot.stop())
  await bot.start()
  await sim.user('Alice').say('/primes 50000000')
  await sim.user('Bob').say('/ping')
  await sim.expectReply(/3001134 primes/, { timeout: 40_000 })

  const answers = sim.messages.map(textOf).filter(text => /pong|primes below/.test(text))
  expect(answers).toEqual(['pong', 'There are 3001134 primes below 50000000.'])
})
