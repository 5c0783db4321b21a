import { setTimeout as sleep } from 'node:timers/promises'
import { cards } from '@dingware/cards'
import { createBot } from '@dingware/core'

export const bot = createBot().use(cards())

bot.on('chatbot:text', async ctx => {
  const card = ctx.aiCard({ title: '助手' })
  await card.stream(model(ctx.text), { buttons: [{ text: '有用', id: 'useful', color: 'blue' }] })
})

/** Stands for a language model. With the AI SDK: `streamText({ model, prompt }).textStream`. */
async function* model(question: string): AsyncIterable<string> {
  const answer = `你问的是：**${question}**。\n\n| 步骤 | 结果 |\n| --- | --- |\n| 理解 | 完成 |\n| 回答 | 完成 |\n\n\`\`\`ts\nconsole.log('你好')\n\`\`\`\n`
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(answer)) {
    await sleep(50)
    yield segment
  }
}
