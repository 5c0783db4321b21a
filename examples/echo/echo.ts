import { cards } from '@dingware/cards'
import { createBot } from '@dingware/core'

export const bot = createBot().use(cards())

bot.on('chatbot:text', async ctx => {
  if (ctx.text.startsWith('#')) await ctx.replyMarkdownCard(ctx.text)
  else await ctx.replyText(ctx.text)
})
