import type { CardsFlavor } from '@dingware/cards'
import { type Bot, type Context, createBot, memoryStore } from '@dingware/core'
import { type Card, createSimulator, type Simulator } from '@dingware/simulator'
import { describe, expect, test } from 'vitest'
import { type Approval, addApprovals, voted } from './approval.ts'

const newest = (sim: Simulator): Card | undefined => [...sim.cards.values()].at(-1)

function botOf({ clientId, clientSecret, url }: Simulator, store = memoryStore()): Bot<Context & CardsFlavor> {
  return addApprovals(createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, store }), store)
}

describe.each(['id+text', 'text'] as const)('where buttons send %s', clickParams => {
  test('an approval needs its quorum, of those who were asked; its list tells who did what; a restart does not matter', async () => {
    await using sim = await createSimulator({ switches: { clickParams } })
    const store = memoryStore()
    const first = botOf(sim, store)
    await first.start()
    const [alice, bob, carol, dave] = [sim.user('Alice'), sim.user('Bob'), sim.user('Carol'), sim.user('Dave')]
    const team = sim.group('Team', [bob, carol, dave])
    await alice.in(team).say('/apply 采购服务器', { at: [bob, carol] })
    await sim.until(() => newest(sim))
    const card = newest(sim)?.outTrackId ?? ''
    await dave.click(card, '同意')
    const notice = await sim.expectReply('你不是审批人')
    expect(notice.conversationId).not.toBe(team.conversationId)
    await bob.click(card, '同意')
    await sim.until(() => newest(sim)?.viewFor(carol).tips === '2 人中需 2 人同意，已有 1 人')
    await first.stop()

    await using second = botOf(sim, store)
    await second.start()
    const { card: done } = await carol.click(card, '同意')
    const { markdown } = done.viewFor(carol)
    expect(markdown).toContain('✅ 已通过')
    expect(markdown).toContain(`- ${bob.userId} 同意`)
    await sim.until(() => newest(sim)?.viewFor(alice).markdown === markdown)
    expect(done.buttonsFor(carol)).toEqual([])
    expect(sim.violations).toEqual([])
  })
})

test('an approval is rejected when its quorum is out of reach, counts last words, and takes none after its deadline', () => {
  const rest = { id: 'a', subject: 'x', approvers: ['1', '2', '3'], quorum: 2, deadline: 100 }
  const open: Approval = { ...rest, state: 'open', audit: [] }
  const steps = [
    ['1', 'reject'],
    ['1', 'approve'],
    ['2', 'reject'],
    ['3', 'reject'],
  ] as const
  let approval = open
  const states = steps.map(([who, vote]) => {
    approval = voted(approval, who, vote, 1)
    return approval.state
  })
  expect(states).toEqual(['open', 'open', 'open', 'rejected'])
  expect(voted(open, '1', 'approve', 100)).toBe(open)
})
