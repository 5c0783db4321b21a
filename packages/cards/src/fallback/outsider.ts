import { type Context, titleOf } from '@dingware/core'
import { type Card, createCard } from '../card/card.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import { type CardPlan, newTrackId } from '../kinds/send.ts'
import { toVariables } from '../variables/variables.ts'
import { sayAll, sayWith } from './message.ts'

/** No card can go there, and none is sent there. */
export const NOWHERE: CardTarget = { robotCode: '', address: { users: [] } }

/**
 * Whether somebody writes in a private chat who has no userId: people outside the organisation, and everybody while the app
 * is not published. Cards are delivered to userIds, so they get text by the session webhook.
 */
export function isOutOfReach({ message, chat, from }: Context): boolean {
  return message !== undefined && chat?.type === 'private' && !from?.staffId
}

/** Says what a card would have shown, and warns once. */
export async function sayInstead<D extends object>(
  engine: Engine,
  ctx: Context,
  { data, variables }: CardPlan<D>,
): Promise<Card<D>> {
  engine.warnOfOutsider()
  const { title, text } = textOf(toVariables(variables(data)))
  if (text !== '') await sayAll(sayWith(ctx), title, text)
  const { call } = engine
  const card = createCard<D>({ call, outTrackId: newTrackId(), robotCode: '', places: [], variables })
  // There is nothing to change: what was said stays.
  return { ...card, update: async () => {} }
}

/** The variables of the public templates that people read. */
const TITLES = ['title', 'msgTitle', 'question_title']
const TEXTS = ['markdown', 'staticMsgContent', 'msgContent', 'content', 'question_desc', 'goal', 'tips']

function textOf(shown: Readonly<Record<string, string>>): { readonly title: string; readonly text: string } {
  const pick = (names: readonly string[]): string[] => names.map(name => shown[name] ?? '').filter(Boolean)
  const [title = ''] = pick(TITLES)
  const parts = pick(TEXTS)
  // Of a template of one's own nobody knows which of its variables people would have read.
  const text = (parts.length > 0 ? parts : Object.values(shown).filter(value => !/^[[{]/.test(value))).join('\n\n')
  return { title: title || titleOf(text), text: parts.length > 0 || text !== '' ? text : title }
}
