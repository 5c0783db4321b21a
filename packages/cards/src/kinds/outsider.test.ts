import { textOf } from '@dingware/simulator'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { defineCard } from '../template/define-card.ts'
import { type CardContext, createStage } from '../testing/stage.ts'

const own = defineCard('own', v.object({ headline: v.string(), items: v.array(v.number()) }))

async function* words(): AsyncGenerator<string> {
  yield '你好，'
  yield '世界'
}

const ANSWERS: Readonly<Record<string, readonly [(ctx: CardContext) => Promise<unknown>, RegExp]>> = {
  'a markdown card': [ctx => ctx.replyMarkdownCard('# 日报\n完成', { title: '今天' }), /# 日报\n完成/],
  'a card with buttons': [
    ctx => ctx.replyMarkdownButtonCard('请假', [{ text: '同意', id: 'a' }], { tips: '请审批' }),
    /请假\n\n请审批/,
  ],
  'a carousel': [ctx => ctx.replyCarouselCard('选一张', [{ title: '一', image: '@lAL1' }]), /选一张/],
  'a card of one’s own template': [ctx => ctx.replyCard(own, { headline: '标题', items: [1] }), /^标题$/],
  'an RPA card': [
    ctx =>
      ctx.replyRpaPluginCard({
        pluginId: 'p',
        pluginVersion: '1',
        pluginName: 'report',
        abilityName: '打开报表',
        args: {},
      }),
    /^打开报表$/,
  ],
  'a carousel without words': [ctx => ctx.replyCarouselCard('', [{ title: '一', image: '@lAL1' }]), /^- 一$/],
  'a card that links': [
    ctx => ctx.replyMarkdownButtonCard('x', [{ text: '看', url: 'https://a.example' }]),
    /x\n\n\[看\]\(https:\/\/a\.example\)/,
  ],
  'an AI card': [ctx => ctx.aiCard().stream(words()), /你好，世界/],
  'a finished AI card': [ctx => ctx.aiCard({ title: '助手' }).finish('好了'), /好了/],
}

describe.each(['absent', 'empty'] as const)('somebody whose senderStaffId is %s', outsiderStaffId => {
  test('gets each kind of card as text by the session webhook, and that is warned of once', async () => {
    const warnings: string[] = []
    const logger = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} }
    await using stage = await createStage({ sim: { switches: { outsiderStaffId } }, bot: { logger } })
    const { sim } = stage
    for (const [name, [answer, shown]] of Object.entries(ANSWERS)) {
      const outcome = stage.answer(answer, { outsider: true })
      await expect(outcome, name).resolves.toBeDefined()
      const last = await sim.until(() => sim.messages.findLast(({ from }) => from.kind === 'bot'))
      expect(textOf(last), name).toMatch(shown)
    }
    expect(sim.cards.size).toBe(0)
    expect(sim.calls.filter(({ path }) => path.startsWith('/v1.0/card') || path.includes('oToMessages'))).toEqual([])
    expect(warnings.filter(text => text.includes('no userId'))).toHaveLength(1)
    expect(sim.violations).toEqual([])
  })
})
