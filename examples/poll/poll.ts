import { type ButtonCardData, type CardsFlavor, cards, defineAction } from '@dingware/cards'
import type { Bot, Context, Store } from '@dingware/core'
import * as v from 'valibot'

const Poll = v.object({
  question: v.string(),
  options: v.array(v.string()),
  /** Which option by userId: everybody has one vote, and may change it. */
  votes: v.record(v.string(), v.number()),
  isOpen: v.boolean(),
})
type Poll = v.InferOutput<typeof Poll>

const vote = defineAction('poll.vote', v.object({ id: v.string(), option: v.number() }))
const end = defineAction('poll.end', v.object({ id: v.string() }), {
  allow: 'sender',
  // The public template has no variable that one person alone sees.
  onDenied: ctx => ctx.api.send({ users: [ctx.callback.userId] }, '只有发起人可以结束投票'),
})
const ttlMs = 7 * 86_400_000
const keyOf = (id: string): string => `poll:${id}`

/** Gives a bot polls: `/poll 午饭吃什么？ 面条 米饭`. */
export function addPolls<C extends Context>(plain: Bot<C>, store: Store): Bot<C & CardsFlavor> {
  const bot = plain.use(cards())
  bot.command('poll', async ctx => {
    const [question = '', ...options] = ctx.text.split(/\s+/).slice(1)
    if (options.length < 2) return ctx.replyText('用法：/poll 问题 选项一 选项二')
    const id = crypto.randomUUID()
    const poll: Poll = { question, options, votes: {}, isOpen: true }
    await store.set(keyOf(id), poll, { ttlMs })
    const { markdown, tips, buttons } = contentOf(id, poll)
    return ctx.replyMarkdownButtonCard(markdown, buttons, { tips })
  })
  bot.action(vote, async ctx => {
    const { id, option } = ctx.data
    const { userId } = ctx.callback
    const poll = await change(store, id, before => ({ ...before, votes: { ...before.votes, [userId]: option } }))
    if (poll) await ctx.card.update(contentOf(id, poll))
  })
  bot.action(end, async ctx => {
    const poll = await change(store, ctx.data.id, before => ({ ...before, isOpen: false }))
    if (poll) await ctx.card.update(contentOf(ctx.data.id, poll))
  })
  return bot
}

async function change(store: Store, id: string, how: (poll: Poll) => Poll): Promise<Poll | undefined> {
  for (;;) {
    const found = await store.get(keyOf(id))
    if (!found) return undefined
    const before = v.parse(Poll, found.value)
    const after = before.isOpen ? how(before) : before
    if (await store.set(keyOf(id), after, { ifVersion: found.version, ttlMs })) return after
  }
}

type Content = Pick<ButtonCardData, 'markdown' | 'tips' | 'buttons'>

function contentOf(id: string, { question, options, votes, isOpen }: Poll): Content {
  const counts = options.map((_, option) => Object.values(votes).filter(one => one === option).length)
  const lines = options.map((text, option) => `- ${text}：${'▇'.repeat(counts[option] ?? 0)} ${counts[option] ?? 0}`)
  const buttons = [...options.map((text, option) => vote.button(text, { id, option })), end.button('结束投票', { id })]
  return {
    markdown: `**${question}**\n\n${lines.join('\n')}`,
    tips: isOpen ? `已有 ${Object.keys(votes).length} 人投票` : '投票已结束',
    buttons: isOpen ? buttons : [],
  }
}
