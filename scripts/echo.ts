import type { Simulator } from '@dingware/simulator'

/** Starts examples/echo against a simulator. The example reads its settings from the environment, as anywhere else. */
export async function startEcho({
  environment,
  clientId,
  clientSecret,
}: Simulator): Promise<{ stop(): Promise<void> }> {
  Object.assign(process.env, environment, { DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret })
  const { bot } = await import('../examples/echo/echo.ts')
  return bot
}
