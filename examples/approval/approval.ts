import { type ButtonCardData, type CardsFlavor, cards, defineAction } from '@dingware/cards'
import type { Bot, Context, Store } from '@dingware/core'
import * as v from 'valibot'

const Approval = v.object({
  id: v.string(),
  subject: v.string(),
  /** userIds of those who are asked. */
  approvers: v.array(v.string()),
  /** How many of them have to agree. */
  quorum: v.number(),
  /** Milliseconds since the epoch. */
  deadline: v.number(),
  state: v.picklist(['open', 'approved', 'rejected', 'expired']),
  /** Who did what and when, oldest first: the audit list. */
  audit: v.array(v.object({ userId: v.string(), vote: v.picklist(['approve', 'reject']), at: v.number() })),
})
export type Approval = v.InferOutput<typeof Approval>

export interface ApprovalRequest {
  readonly subject: string
  readonly approvers: readonly string[]
  /** Default: all of them. */
  readonly quorum?: number
  /** Milliseconds. */
  readonly timeout: number
}

const Vote = v.object({ id: v.string() })
const approve = defineAction('approval.approve', Vote)
const reject = defineAction('approval.reject', Vote)
const VOTES = [
  [approve, 'approve'],
  [reject, 'reject'],
] as const
const TITLES = { open: '待审批', approved: '✅ 已通过', rejected: '❌ 已拒绝', expired: '⌛ 已过期' } as const
const keyOf = (id: string): string => `approval:${id}`

/** Gives a bot approvals: `/apply SUBJECT` in a group asks those who are mentioned besides the bot. */
export function addApprovals<C extends Context>(plain: Bot<C>, store: Store): Bot<C & CardsFlavor> {
  const bot = plain.use(cards())
  const timers = new Set<NodeJS.Timeout>()

  /** Sends the card. Votes come by clicks, also after a restart of the bot. */
  const requestApproval = async (ctx: Context & CardsFlavor, request: ApprovalRequest): Promise<void> => {
    const { subject, approvers, timeout, quorum = approvers.length } = request
    const id = crypto.randomUUID()
    const deadline = Date.now() + timeout
    const approval: Approval = { id, subject, approvers: [...approvers], quorum, deadline, state: 'open', audit: [] }
    await store.set(keyOf(id), approval)
    const { markdown, tips, buttons } = contentOf(approval)
    const card = await ctx.replyMarkdownButtonCard(markdown, buttons, { tips })
    const timer = setTimeout(async () => {
      timers.delete(timer)
      const after = await change(store, id, current => current)
      if (after) await card.update(contentOf(after))
    }, timeout)
    timers.add(timer)
  }

  // In a rich text those who are mentioned stand in the text too, before or after the command.
  bot.hears(/\/apply\s+([^@]+)/, async ctx => {
    const approvers = ctx.mentions.map(({ staffId }) => staffId).filter(id => id !== undefined)
    await requestApproval(ctx, { subject: (ctx.match[1] ?? '').trim(), approvers, timeout: 86_400_000 })
  })
  for (const [action, vote] of VOTES) {
    bot.action(action, async ctx => {
      const { userId } = ctx.callback
      const after = await change(store, ctx.data.id, approval => voted(approval, userId, vote))
      if (after?.approvers.includes(userId)) await ctx.card.update(contentOf(after))
      // The public template has no variable that one person alone sees.
      else await ctx.api.send({ users: [userId] }, '你不是审批人')
    })
  }
  bot.onStop(() => {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  })
  return bot
}

/** An approval after a vote. The last word of each counts; nothing changes once it is over. */
export function voted(
  approval: Approval,
  userId: string,
  vote: 'approve' | 'reject',
  at: number = Date.now(),
): Approval {
  const { state, audit, quorum, approvers, deadline } = approval
  if (state !== 'open' || deadline <= at || !approvers.includes(userId)) return approval
  const after = { ...approval, audit: [...audit, { userId, vote, at }] }
  const { agreed, refused } = countsOf(after)
  const isLost = approvers.length - refused < quorum
  return { ...after, state: agreed >= quorum ? 'approved' : isLost ? 'rejected' : 'open' }
}

function countsOf({ audit }: Approval): { readonly agreed: number; readonly refused: number } {
  const last = [...new Map(audit.map(({ userId, vote }) => [userId, vote])).values()]
  const agreed = last.filter(vote => vote === 'approve').length
  return { agreed, refused: last.length - agreed }
}

/** Whoever votes elsewhere at the same moment is not lost: the change is made again on what they left. */
async function change(store: Store, id: string, how: (approval: Approval) => Approval): Promise<Approval | undefined> {
  for (;;) {
    const found = await store.get(keyOf(id))
    if (!found) return undefined
    const after = how(v.parse(Approval, found.value))
    const isOver = after.state === 'open' && after.deadline <= Date.now()
    const result: Approval = isOver ? { ...after, state: 'expired' } : after
    if (await store.set(keyOf(id), result, { ifVersion: found.version })) return result
  }
}

function contentOf(approval: Approval): Pick<ButtonCardData, 'markdown' | 'tips' | 'buttons'> {
  const { id, subject, state, quorum, audit, approvers } = approval
  const said = { approve: '同意', reject: '拒绝' } as const
  const lines = audit.map(({ userId, vote, at }) => `- ${userId} ${said[vote]} ${new Date(at).toISOString()}`)
  const buttons = [approve.button('同意', { id }, { color: 'blue' }), reject.button('拒绝', { id }, { color: 'red' })]
  return {
    markdown: [`**${subject}**`, TITLES[state], lines.join('\n')].filter(Boolean).join('\n\n'),
    tips: state === 'open' ? `${approvers.length} 人中需 ${quorum} 人同意，已有 ${countsOf(approval).agreed} 人` : '',
    buttons: state === 'open' ? buttons : [],
  }
}
