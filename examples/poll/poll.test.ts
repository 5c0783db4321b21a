import { createBot, memoryStore } from '@dingware/core'
import { type Card, createSimulator, type Simulator, type User } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { addPolls } from './poll.ts'

const newest = (sim: Simulator): Card | undefined => [...sim.cards.values()].at(-1)

describe.each(['id+text', 'text'] as const)('where buttons send %s', clickParams => {
  test('a poll counts one vote a person, shows the result to all, and is ended by the one who began it', async () => {
    await using sim = await createSimulator({ switches: { clickParams } })
    const { clientId, clientSecret, url } = sim
    const store = memoryStore()
    await using bot = addPolls(createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, store }), store)
    await bot.start()
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    await alice.in(sim.group('Team', [bob])).say('/poll 午饭？ 面条 米饭')
    await sim.until(() => newest(sim))
    const card = newest(sim)?.outTrackId ?? ''
    const click = async (who: User, text: string) => (await who.click(card, text)).card.viewFor(who)
    await click(alice, '面条')
    await click(bob, '面条')
    expect(await click(bob, '米饭')).toMatchObject({
      markdown: '**午饭？**\n\n- 面条：▇ 1\n- 米饭：▇ 1',
      tips: '已有 2 人投票',
    })
    await sim.until(() => newest(sim)?.viewFor(alice).tips === '已有 2 人投票')
    expect((await click(bob, '结束投票')).tips).toBe('已有 2 人投票')
    await sim.expectReply('只有发起人可以结束投票')
    expect((await click(alice, '结束投票')).tips).toBe('投票已结束')
    await sim.until(() => newest(sim)?.viewFor(sim.user('Carol')).tips === '投票已结束')
    expect(sim.violations).toEqual([])
  })
})
