import { type Context, titleOf } from '@dingware/core'
import { isRecord } from '@dingware/transport'
import { type Card, createCard } from '../deliver/card.ts'
import { sayAll, sayWith } from '../deliver/message.ts'
import type { CardTarget } from '../deliver/target.ts'
import { newTrackId } from '../deliver/track-id.ts'
import type { Engine } from '../engine/engine.ts'
import { type CardPlan, requireTexts } from './send.ts'

/** No card can go there, and none is sent there. */
export const NOWHERE: CardTarget = { robotCode: '', address: { users: [] } }

/**
 * Whether somebody writes in a private chat who has no userId: people outside the organisation, and everybody while the app
 * is not published. Cards are delivered to userIds, so they get text by the session webhook.
 */
export function isOutOfReach({ message, chat, from }: Context): boolean {
  return message !== undefined && chat?.type === 'private' && !from?.staffId
}

/** Says in a message what a card would have shown, and warns once. */
export async function replyWithText<D extends object>(
  engine: Engine,
  ctx: Context,
  plan: CardPlan<D>,
): Promise<Card<D>> {
  requireTexts(plan)
  const { data, variables } = plan
  engine.warnOfOutsider()
  const { title, text } = textOf(Object.fromEntries(Object.entries(data)))
  if (text !== '') await sayAll(sayWith(ctx), title, text)
  const { call } = engine
  const card = createCard<D>({ call, outTrackId: newTrackId(), robotCode: '', places: [], variables })
  // There is nothing to change: what was said stays.
  return { ...card, update: async () => {} }
}

/** The text of a card, as far as people read it: ours by their names, and of templates of one's own every text. */
function textOf(data: Readonly<Record<string, unknown>>): { readonly title: string; readonly text: string } {
  const { title, markdown, description, tips, goal, images, buttons, abilityName } = data
  const known = [markdown, description, goal ?? abilityName, ...titlesOf(images), tips, ...linksOf(buttons)]
  const isOurs = known.some(part => part !== undefined)
  const parts = (isOurs ? known : Object.values(data)).filter(part => typeof part === 'string' && part.trim() !== '')
  const text = parts.join('\n\n')
  const named = typeof title === 'string' && title !== '' ? title : titleOf(text)
  return { title: named, text: text === '' && isOurs ? named : text }
}

function titlesOf(images: unknown): string[] {
  return itemsOf(images).flatMap(({ title }) => (typeof title === 'string' ? [`- ${title}`] : []))
}

/** Buttons that open something; others would have nobody to call. */
function linksOf(buttons: unknown): string[] {
  return itemsOf(buttons).flatMap(({ text, url }) => (typeof url === 'string' ? [`[${text}](${url})`] : []))
}

function itemsOf(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isRecord) : []
}
