/** A bot as users have it: plain JavaScript, and the packages as they are published. */
import { cards } from '@dingware/cards'
import { createBot, run, sequentialize, session } from '@dingware/core'

const { BOT_PROXY: proxy, BOT_CA: ca } = process.env

const bot = createBot({ proxy, tls: ca ? { ca } : undefined })
  .use(sequentialize())
  .use(session({ initial: () => ({ count: 0 }) }))
  .use(cards())

bot.command('card', async ctx => {
  const card = ctx.aiCard({ title: 'Card' })
  for (const word of ['one ', 'two ', 'three']) await card.append(word)
  await card.finish(undefined, { buttons: [{ text: 'Like', id: 'like' }] })
})
bot.action('like', ctx => ctx.replyText('liked'))

bot.command('file', async ctx => {
  const { mediaId } = await ctx.api.upload(new Blob(['x'.repeat(100_000)]), { type: 'file', fileName: 'x.txt' })
  await ctx.reply({ msgtype: 'file', mediaId, fileName: 'x.txt' })
})
bot.on('chatbot:picture', async ctx => {
  const { buffer } = await ctx.download()
  await ctx.replyText(`${(await buffer()).length} bytes`)
})

bot.on('chatbot:text', ctx => {
  ctx.session.count++
  return ctx.replyText(`${ctx.text} ${ctx.session.count}`)
})

// No top-level await: bundles of CommonJS have none.
run(bot).then(() => console.log('stopped'))
