import { createBot } from '@dingware/core'

/** A bot as the readme has it; only that it may reply more often than the platform would take. */
export async function startOurs(url: string): Promise<void> {
  const credential = { clientId: 'dingbench', clientSecret: 'not-a-secret' }
  const bot = createBot({ ...credential, endpoint: url, oapiEndpoint: url, throttle: false })
  bot.on('chatbot:text', ctx => ctx.replyText(ctx.text))
  await bot.start()
}
