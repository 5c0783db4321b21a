import { setBounded } from '@dingware/transport'
import * as v from 'valibot'
import type { Store } from '../../store/store.ts'
import type { KnownCard } from './known-card.ts'

/** What a bot keeps of a card that it sent, so that clicks on it can be understood: one entry a card. */
export interface CardEntry extends KnownCard {
  /** Variables that a click gets once the question of the card is closed. */
  readonly closed?: Readonly<Record<string, string>> | undefined
  /** Variables for the one who clicks while nobody waits for the answer, as after a restart. */
  readonly lost?: Readonly<Record<string, string>> | undefined
  /** The same as a text. */
  readonly lostText?: string | undefined
  /** The variables that one person alone can be shown. */
  readonly private?: readonly string[] | undefined
  /** Milliseconds for which it is kept, counted from the last change. Missing: seven days. */
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

/** Seven days: a week of clicks on an old card. */
export const CARD_TTL: number = 7 * 24 * 3_600_000

const keyOf = (outTrackId: string): string => `dingware:card:${outTrackId}`

/** @returns undefined when it has expired, or was never kept. */
export async function readCardEntry(store: Store, outTrackId: string): Promise<CardEntry | undefined> {
  const found = outTrackId === '' ? undefined : await store.get(keyOf(outTrackId))
  const parsed = v.safeParse(Entry, found?.value)
  if (!parsed.success) return undefined
  remember(store, outTrackId, parsed.output)
  return parsed.output
}

/** How many cards the process remembers beside the store. */
const MAX_REMEMBERED = 1_000
const remembered = new WeakMap<Store, Map<string, CardEntry>>()

/** What this process has kept itself, for when the store does not answer: other processes may have added to it. */
export function rememberedEntry(store: Store, outTrackId: string): CardEntry | undefined {
  return remembered.get(store)?.get(outTrackId)
}

function remember(store: Store, outTrackId: string, entry: CardEntry): void {
  const entries = remembered.get(store) ?? new Map<string, CardEntry>()
  remembered.set(store, entries)
  setBounded(entries, outTrackId, entry, MAX_REMEMBERED)
}

/** How many buttons of a card are remembered, over all its updates. */
const MAX_BUTTONS = 200
/** How often it is tried to write beside others who write as well. */
const MAX_TRIES = 10

/** Keeps what is known of a card, besides what was known before. */
export async function keepCardEntry(store: Store, outTrackId: string, entry: CardEntry, given?: number): Promise<void> {
  const key = keyOf(outTrackId)
  // At once, for when the store does not answer.
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
    // Whoever loses that often writes over the others: what it knows is the newest.
    if (tries === MAX_TRIES) return void (await store.set(key, merged, { ttlMs }))
  }
}

/** Buttons and labels add up, since an old one may be clicked while its update is on its way; the newest label counts. */
function mergeEntries(before: CardEntry, entry: CardEntry): CardEntry {
  const newest = <T>(one: Readonly<Record<string, T>> = {}, other: Readonly<Record<string, T>> = {}) => {
    const kept = Object.entries(one).filter(([name]) => !Object.hasOwn(other, name))
    return Object.fromEntries([...kept, ...Object.entries(other)].slice(-MAX_BUTTONS))
  }
  const buttons = newest(before.buttons, entry.buttons)
  const labels = newest(before.labels, entry.labels)
  // As any store would give it back.
  return JSON.parse(JSON.stringify({ ...before, ...entry, buttons, labels }))
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
