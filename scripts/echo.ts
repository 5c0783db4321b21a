import type { Bot } from '@dingware/core'
import type { Simulator } from '@dingware/simulator'

/** Starts examples/echo against a simulator. The example reads its settings from the environment, as anywhere else. */
export async function startEcho({ environment }: Simulator): Promise<Pick<Bot, 'stop' | 'stats'>> {
  Object.assign(process.env, environment)
  const { bot } = await import('../examples/echo/echo.ts')
  await bot.start()
  return bot
}
