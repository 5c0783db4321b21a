import type { ActionButton } from '@dingware/core'
import type { CardEntry } from '@dingware/core/plugin'
import type { Sender } from '../deliver/body.ts'
import { reasonOf } from '../deliver/failure.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import { hasOnlyGivenButtons } from '../template/templates.ts'
import type { KeptButtons } from '../template/wire.ts'
import { buttonsIn } from './shown-buttons.ts'

/** A card, as far as clicks on it will need to know. */
export interface SentCard {
  readonly templateId: string
  readonly target: CardTarget
  readonly sender?: Sender | undefined
  readonly options: Pick<DeliverOptions, 'userIds' | 'actions'>
  /** The variables that it shows. */
  readonly variables: Readonly<Record<string, string>>
  /** The variable that says how far an AI card is, which every update has to carry. */
  readonly statusKey?: string | undefined
}

/** Keeps the facts that clicks will need, before anybody can click. A card that nobody can click costs nothing. */
export async function keepSent(
  engine: Engine,
  outTrackId: string,
  card: SentCard,
  kept: KeptButtons | undefined,
): Promise<void> {
  const { templateId, options } = card
  const shown = kept ?? shownIn(card.variables)
  const actions: readonly ActionButton[] = options.actions ?? []
  // A template of one's own may have buttons that nobody here knows of.
  if (!shown && actions.length === 0 && hasOnlyGivenButtons(templateId)) return
  const data = Object.fromEntries(actions.map(({ id, data }) => [id, data]))
  const entry: CardEntry = { ...factsOf(card), labels: shown?.labels, buttons: { ...data, ...shown?.data } }
  await keep(engine, outTrackId, entry, [shown?.ttlMs, ...actions.map(({ ttlMs }) => ttlMs)])
}

/** Keeps the facts that clicks on the buttons of an update will need. */
export async function keepShown(
  engine: Engine,
  outTrackId: string,
  kept: KeptButtons | undefined,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const shown = kept ?? shownIn(variables)
  if (shown) await keep(engine, outTrackId, { labels: shown.labels, buttons: shown.data }, [shown.ttlMs])
}

async function keep(
  engine: Engine,
  outTrackId: string,
  entry: CardEntry,
  times: readonly (number | undefined)[],
): Promise<void> {
  const sameLabels = Object.keys(entry.labels ?? {}).filter(label => entry.labels?.[label] === null)
  for (const label of sameLabels) engine.warnOfSameLabels(label)
  const given = times.filter(time => time !== undefined)
  const keeping = engine.keep(outTrackId, entry, given.length > 0 ? Math.max(...given) : undefined)
  // Without their data the buttons of actions are dead; others are found by what the click says of itself.
  if (Object.keys(entry.buttons ?? {}).length > 0) return keeping
  await keeping.catch(error => engine.log.warn(`What clicks on a card would need was not kept: ${reasonOf(error)}`))
}

function factsOf({ templateId, target, sender, options, variables, statusKey = 'flowStatus' }: SentCard): CardEntry {
  const isUnion = options.userIds === 'unionId'
  const owner = isUnion ? sender?.unionId : sender?.staffId
  const { address } = target
  const place =
    'group' in address
      ? ({ type: 'group', id: address.group } as const)
      : 'users' in address
        ? ({ type: 'private', id: target.conversationId } as const)
        : undefined
  const isShared = 'users' in address && typeof address.users !== 'string' && address.users.length > 1
  const status = variables[statusKey]
  const facts = {
    templateId,
    userIdType: isUnion ? 2 : 1,
    ...(owner && { owner }),
    ...(place && { place }),
    ...(isShared && { isShared }),
    ...(status !== undefined && { current: { [statusKey]: status } }),
  }
  return isUnion && sender?.staffId ? { ...facts, ownerUserId: sender.staffId } : facts
}

function shownIn(variables: Readonly<Record<string, string>>): KeptButtons | undefined {
  const labels = buttonsIn(variables)
  return Object.keys(labels).length > 0 ? { labels, data: {}, ttlMs: undefined } : undefined
}
