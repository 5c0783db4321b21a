import { randomUUID } from 'node:crypto'
import type { ActionButton } from '@dingware/core'
import { type KeptButtons, wireIn } from '../action/wire.ts'
import { PRIORITY } from '../ai-card/calls.ts'
import { type Card, createCard } from '../card/card.ts'
import type { Sender } from '../deliver/body.ts'
import { createAndDeliver } from '../deliver/deliver.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import { type CardData, toVariables } from '../variables/variables.ts'

/** A card to be sent: what it shows, and how that becomes variables of its template. */
export interface CardPlan<D extends object> {
  readonly templateId: string
  readonly data: D
  readonly variables: (data: Partial<D>) => CardData
  readonly options: DeliverOptions
}

/**
 * Creates a card and delivers it.
 *
 * @throws ApiError when the platform refuses; DingTalkError (`ERR_CARD_NOT_DELIVERED`) when it accepts and does not deliver.
 */
export async function sendCard<D extends object>(
  engine: Engine,
  target: CardTarget,
  { templateId, data, variables, options }: CardPlan<D>,
  sender?: Sender,
  outTrackId: string = newTrackId(),
): Promise<Card<D>> {
  const { call, timeout } = engine
  const { data: wired, kept } = wireIn(data)
  const card = { outTrackId, templateId, variables: toVariables(variables(wired)), target, options, sender }
  const more = { priority: PRIORITY.create, timeout, signal: options.signal }
  await keepFor(engine, outTrackId, kept, { owner: sender?.staffId, actions: options.actions })
  const places = await createAndDeliver(call, card, more)
  const keep = (buttons: KeptButtons): Promise<void> => keepFor(engine, outTrackId, buttons)
  return createCard({ call, outTrackId, robotCode: target.robotCode, places, variables, keep })
}

/** Unique for ever: a used one brings back the old card instead of an error. */
export function newTrackId(): string {
  return `dingware_${randomUUID()}`
}

interface KeptBesides {
  readonly owner?: string | undefined
  readonly actions?: readonly ActionButton[] | undefined
}

/** Keeps what clicks will need, before anybody can click. A card without buttons of actions costs nothing. */
export async function keepFor(
  engine: Engine,
  outTrackId: string,
  kept: KeptButtons | undefined,
  { owner, actions = [] }: KeptBesides = {},
): Promise<void> {
  if (!kept && actions.length === 0) return
  const own = Object.fromEntries(actions.map(({ id, data }) => [id, data]))
  const entry = { ...(owner !== undefined && { owner }), buttons: { ...own, ...kept?.data } }
  await engine.keep(outTrackId, entry, longest([kept?.ttlMs, ...actions.map(({ ttlMs }) => ttlMs)]))
}

function longest(times: readonly (number | undefined)[]): number | undefined {
  const given = times.filter(time => time !== undefined)
  return given.length > 0 ? Math.max(...given) : undefined
}
