import * as v from 'valibot'
import type { Store } from '../store/store.ts'

/** What a bot keeps of a card that it sent, so that clicks on it can be understood: one entry a card. */
export interface CardEntry {
  /** The userId of the one whom the card answered. */
  readonly owner?: string | undefined
  /** The data of its buttons, by the id that they call back with. */
  readonly buttons?: Readonly<Record<string, unknown>> | undefined
  /** Variables that a click gets once the question of the card is closed. */
  readonly closed?: Readonly<Record<string, string>> | undefined
  /** Variables for the one who clicks while nobody waits for the answer, as after a restart. */
  readonly lost?: Readonly<Record<string, string>> | undefined
}

const Entry = v.object({
  owner: v.optional(v.string()),
  buttons: v.optional(v.record(v.string(), v.unknown())),
  closed: v.optional(v.record(v.string(), v.string())),
  lost: v.optional(v.record(v.string(), v.string())),
})

/** Seven days: a week of clicks on an old card. */
export const CARD_TTL: number = 7 * 24 * 3_600_000

const keyOf = (outTrackId: string): string => `dingware:card:${outTrackId}`

/** @returns undefined when it has expired, or was never kept. */
export async function readCardEntry(store: Store, outTrackId: string): Promise<CardEntry | undefined> {
  const found = outTrackId === '' ? undefined : await store.get(keyOf(outTrackId))
  const parsed = v.safeParse(Entry, found?.value)
  return parsed.success ? parsed.output : undefined
}

/** How many buttons of a card are remembered, over all its updates. */
const MAX_BUTTONS = 200

/** Keeps what is known of a card, besides what was known before. */
export async function keepCardEntry(
  store: Store,
  outTrackId: string,
  entry: CardEntry,
  ttlMs: number = CARD_TTL,
): Promise<void> {
  const before = await readCardEntry(store, outTrackId)
  const buttons = Object.entries({ ...before?.buttons, ...entry.buttons }).slice(-MAX_BUTTONS)
  await store.set(
    keyOf(outTrackId),
    JSON.parse(JSON.stringify({ ...before, ...entry, buttons: Object.fromEntries(buttons) })),
    { ttlMs },
  )
}

/** What the first click of an action that counts once has left behind. */
export interface CardClaim {
  readonly userId: string
  readonly actionId: string
}

const Claim = v.object({ userId: v.string(), actionId: v.string() })
const claimKeyOf = (outTrackId: string): string => `dingware:claim:${outTrackId}`

/** Claims a card for one click. @returns the claim of another that was first. */
export async function claimCard(store: Store, outTrackId: string, claim: CardClaim): Promise<CardClaim | undefined> {
  const key = claimKeyOf(outTrackId)
  if (await store.add(key, claim, { ttlMs: CARD_TTL })) return undefined
  const parsed = v.safeParse(Claim, (await store.get(key))?.value)
  return parsed.success ? parsed.output : { userId: '', actionId: '' }
}

/** Takes the claim back, so that another click may count. */
export async function releaseCard(store: Store, outTrackId: string): Promise<void> {
  await store.delete(claimKeyOf(outTrackId))
}
