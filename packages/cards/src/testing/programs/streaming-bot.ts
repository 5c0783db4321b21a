// A bot in a process of its own, which streams what comes in on stdin, line by line, into a card.
import { createInterface } from 'node:readline'
import { cards } from '@dingware/cards'
import { createBot, createUpdate, lmdbStore, TOPICS } from '@dingware/core'

const [path = '', lease = '', userId = ''] = process.argv.slice(2)
const bot = createBot({ store: lmdbStore({ path }), throttle: false }).use(
  cards({ lease: Number(lease), aiCard: { interval: 500 } }),
)
bot.on('chatbot', async ctx => {
  await using card = ctx.aiCard({ failureText: '（中断）' })
  for await (const line of createInterface({ input: process.stdin })) card.append(line)
  await card.finish()
})
await bot.start()
console.log('online')
if (userId) {
  const message = { msgtype: 'text', text: { content: 'hi' }, conversationType: '1', senderStaffId: userId }
  await bot.handle(createUpdate(TOPICS.chatbot, message))
  await bot.stop()
}
