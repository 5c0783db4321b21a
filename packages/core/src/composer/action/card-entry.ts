import * as v from 'valibot'
import type { Store } from '../../store/store.ts'
import type { KnownCard } from '../../updates/callback/known-card.ts'

/**
 * Facts that a bot keeps about a card that it sent, to understand clicks on it; one entry per card. For plugins that
 * send cards.
 */
export interface CardEntry extends KnownCard {
  /** Variables for everybody, to be set by a click after the card's question is closed. */
  readonly closed?: Readonly<Record<string, string>> | undefined
  /** Variables for the person who clicks while nobody waits for the answer, as after a restart. */
  readonly lost?: Readonly<Record<string, string>> | undefined
  /** The same as a text, for templates that can show nothing to one person alone. */
  readonly lostText?: string | undefined
  /** Names of variables that can be shown to one person alone. */
  readonly private?: readonly string[] | undefined
  /** Time to live in milliseconds, counted from the last change. Default: seven days. */
  readonly ttlMs?: number | undefined
}

const Entry = v.object({
  place: v.optional(v.object({ type: v.picklist(['private', 'group']), id: v.optional(v.string()) })),
  isShared: v.optional(v.boolean()),
  sentAs: v.optional(v.string()),
  templateId: v.optional(v.string()),
  owner: v.optional(v.string()),
  ownerUserId: v.optional(v.string()),
  userIdType: v.optional(v.number()),
  current: v.optional(v.record(v.string(), v.string())),
  buttons: v.optional(v.record(v.string(), v.unknown())),
  labels: v.optional(v.record(v.string(), v.nullable(v.string()))),
  closed: v.optional(v.record(v.string(), v.string())),
  lost: v.optional(v.record(v.string(), v.string())),
  lostText: v.optional(v.string()),
  private: v.optional(v.array(v.string())),
  ttlMs: v.optional(v.number()),
})

/**
 * Default time for which the facts about a card are kept, in milliseconds: seven days.
 *
 * @example
 * await keepCardEntry(store, outTrackId, { owner: userId }, 2 * CARD_TTL)
 */
export const CARD_TTL: number = 7 * 24 * 3_600_000

const keyOf = (outTrackId: string): string => `dingware:card:${outTrackId}`

/**
 * Reads the facts about a card from the store; `undefined` if they have expired or were never kept.
 *
 * @throws whatever the store throws
 * @example
 * const entry = await readCardEntry(store, outTrackId)
 */
export async function readCardEntry(store: Store, outTrackId: string): Promise<CardEntry | undefined> {
  const found = outTrackId === '' ? undefined : await store.get(keyOf(outTrackId))
  const parsed = v.safeParse(Entry, found?.value)
  if (!parsed.success) return undefined
  remember(store, outTrackId, parsed.output)
  return parsed.output
}

/** Number of cards that a process remembers in addition to the store. */
const MAX_REMEMBERED = 1_000
const remembered = new WeakMap<Store, Map<string, CardEntry>>()

/** Facts that this process itself has kept, for when the store does not answer. Other processes may know more. */
export function rememberedEntry(store: Store, outTrackId: string): CardEntry | undefined {
  return remembered.get(store)?.get(outTrackId)
}

function remember(store: Store, outTrackId: string, entry: CardEntry): void {
  const entries = remembered.get(store) ?? new Map<string, CardEntry>()
  remembered.set(store, entries)
  entries.delete(outTrackId)
  entries.set(outTrackId, entry)
  const [oldest] = entries.keys()
  if (entries.size > MAX_REMEMBERED && oldest !== undefined) entries.delete(oldest)
}

/** Number of buttons per card that are remembered, over all its updates. */
const MAX_BUTTONS = 200
/** Number of attempts to write while other processes write, too. */
const MAX_TRIES = 10

/**
 * Stores facts about a card, merged with those known before. A plugin that sends a card has to store what clicks on it
 * need.
 *
 * @param given time to live in milliseconds; default: as before, or {@link CARD_TTL}
 * @throws whatever the store throws
 * @example
 * await keepCardEntry(store, outTrackId, { place: { type: 'group', id: ctx.chat?.id }, owner: ctx.from?.staffId })
 */
export async function keepCardEntry(store: Store, outTrackId: string, entry: CardEntry, given?: number): Promise<void> {
  const key = keyOf(outTrackId)
  // Remembered at once, in case the store does not answer.
  remember(store, outTrackId, mergeEntries(rememberedEntry(store, outTrackId) ?? {}, entry))
  for (let tries = 1; ; tries++) {
    const found = await store.get(key)
    const parsed = v.safeParse(Entry, found?.value)
    const before = parsed.success ? parsed.output : {}
    const merged = mergeEntries(before, given === undefined ? entry : { ...entry, ttlMs: given })
    const { ttlMs = CARD_TTL } = merged
    remember(store, outTrackId, merged)
    const isWritten = found
      ? await store.set(key, merged, { ttlMs, ifVersion: found.version })
      : await store.add(key, merged, { ttlMs })
    if (isWritten) return
    // After so many conflicts it overwrites the entry, since its own facts are the newest.
    if (tries === MAX_TRIES) return void (await store.set(key, merged, { ttlMs }))
  }
}

/**
 * Merges two entries. Buttons and labels add up, since an old button may be clicked while an update is on its way; for
 * equal labels the newest counts.
 */
function mergeEntries(before: CardEntry, entry: CardEntry): CardEntry {
  const newest = <T>(one: Readonly<Record<string, T>> = {}, other: Readonly<Record<string, T>> = {}) => {
    const kept = Object.entries(one).filter(([name]) => !Object.hasOwn(other, name))
    return Object.fromEntries([...kept, ...Object.entries(other)].slice(-MAX_BUTTONS))
  }
  const buttons = newest(before.buttons, entry.buttons)
  const labels = newest(before.labels, entry.labels)
  // Copied as a store would return it.
  return JSON.parse(JSON.stringify({ ...before, ...entry, buttons, labels }))
}

/** First click on a card, of an action with `once`. */
export interface CardClaim {
  /** Person who clicked: userId, or unionId if the card was sent with unionIds. */
  readonly userId: string
  /** Id of the action. */
  readonly actionId: string
}

const Claim = v.object({ userId: v.string(), actionId: v.string() })
const claimKeyOf = (outTrackId: string): string => `dingware:claim:${outTrackId}`

/** Reserves a card for one click. @returns the earlier claim, if there is one. */
export async function claimCard(store: Store, outTrackId: string, claim: CardClaim): Promise<CardClaim | undefined> {
  const key = claimKeyOf(outTrackId)
  if (await store.add(key, claim, { ttlMs: CARD_TTL })) return undefined
  const parsed = v.safeParse(Claim, (await store.get(key))?.value)
  return parsed.success ? parsed.output : { userId: '', actionId: '' }
}

/** Removes the claim, so that another click is accepted. */
export async function releaseCard(store: Store, outTrackId: string): Promise<void> {
  await store.delete(claimKeyOf(outTrackId))
}
