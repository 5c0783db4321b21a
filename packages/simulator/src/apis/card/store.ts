import { setBounded } from '../../utils/bounded.ts'
import type { Bus } from '../../utils/bus.ts'
import type { Content } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import { buttonsIn, type Pressable } from './buttons.ts'
import { drawnPrivately } from './drawing.ts'
import type {
  Card,
  CardButton,
  CardEvent,
  CardState,
  CardStatus,
  PrivateVariables,
  Variables,
  Viewer,
} from './types.ts'

const CARDS_KEPT = 10_000

/** New values for a card; what is missing stays. */
export interface Patch {
  readonly variables?: Variables | undefined
  readonly privateVariables?: PrivateVariables | undefined
  /** Whether the values go over the old ones key by key; else they take the place of them all. */
  readonly byKey?: boolean | undefined
  readonly privateByKey?: boolean | undefined
  /** Values for all that only one user sees, until all get new ones. */
  readonly answer?: { readonly userId: string; readonly variables: Variables; readonly byKey: boolean } | undefined
}

export interface CardStore {
  readonly all: ReadonlyMap<string, Card>
  /** The app's own card. */
  find(outTrackId: string, clientId: string): Card | undefined
  keep(card: CardState): Card
  /** Sets fields, and shows the change in every chat that has the card. */
  set(outTrackId: string, fields: Partial<CardState>): Card | undefined
  /** Changes variables, and fields in the same moment: nobody sees the one without the other. */
  patch(outTrackId: string, patch: Patch, fields?: Partial<CardState>): Card | undefined
}

export function createCardStore(world: World, bus: Pick<Bus<CardEvent>, 'emit'>): CardStore {
  const all = new Map<string, Card>()

  function keep(state: CardState): Card {
    const card: Card = {
      ...state,
      viewFor: viewer => viewFor(state, viewer),
      buttonsFor: viewer => buttonsIn(state, viewFor(state, viewer)).map(shownButton),
    }
    setBounded(all, card.outTrackId, card, CARDS_KEPT)
    for (const { messageId } of card.spaces) if (messageId) world.revise(messageId, shownAs(card))
    bus.emit({ type: 'card', card })
    return card
  }

  function set(outTrackId: string, fields: Partial<CardState>): Card | undefined {
    const card = all.get(outTrackId)
    return card && keep({ ...card, ...fields })
  }

  return {
    all,
    keep,
    set,
    find(outTrackId, clientId) {
      const card = all.get(outTrackId)
      return card?.clientId === clientId ? card : undefined
    },
    patch(outTrackId, patch, fields) {
      const card = all.get(outTrackId)
      return card && set(outTrackId, { ...patched(card, patch), ...fields })
    },
  }
}

function patched(card: Card, patch: Patch): Partial<CardState> {
  const { variables, privateVariables, byKey, privateByKey } = patch
  const users = Object.entries(privateVariables ?? {}).map(([id, values]) => {
    const before = privateByKey ? card.privateVariables[id] : undefined
    return [id, { ...before, ...values }] as const
  })
  return {
    ...(variables && { variables: byKey ? { ...card.variables, ...variables } : variables }),
    answered: answeredBy(card, patch),
    privateVariables: { ...card.privateVariables, ...Object.fromEntries(users) },
    status: flowStatus(variables) ?? card.status,
  }
}

function answeredBy(card: Card, { variables, byKey, answer }: Patch): PrivateVariables {
  if (answer) {
    const { userId, variables: values, byKey: overOld } = answer
    const before = overOld ? (card.answered[userId] ?? card.variables) : {}
    return { ...card.answered, [userId]: { ...before, ...values } }
  }
  if (!variables) return card.answered
  if (!byKey) return {}
  return Object.fromEntries(Object.entries(card.answered).map(([id, before]) => [id, { ...before, ...variables }]))
}

const flow: readonly CardStatus[] = ['processing', 'inputting', 'finished', 'executing', 'failed']

/** The status that the variable `flowStatus` names, from 1 to 5. */
export function flowStatus(variables: Variables | undefined): CardStatus | undefined {
  return flow[Number(variables?.flowStatus) - 1]
}

export function shownAs(card: CardState): Extract<Content, { kind: 'card' }> {
  const { outTrackId, templateId, isBlank, variables } = card
  return { kind: 'card', outTrackId, templateId, variables: isBlank ? {} : variables }
}

function shownButton({ text, id, url }: Pressable): CardButton {
  return { text, id, ...(url !== undefined && { url }) }
}

function viewFor(card: CardState, viewer: Viewer): Variables {
  if (card.isBlank) return {}
  const { templateId, variables, answered, privateVariables, userIdType } = card
  const id = userIdType === 1 ? viewer.userId : viewer.unionId
  return { ...(answered[id] ?? variables), ...drawnPrivately(templateId, privateVariables[id]) }
}
