import { DingTalkError } from '@dingware/transport'
import type { Store, Versioned } from '../../store/store.ts'

export interface SlotOptions {
  readonly store: Store
  readonly key: string
  readonly initial: () => unknown
  readonly ttlMs: number | undefined
  readonly version: number
  readonly migrate: ((old: unknown, version: number) => unknown) | undefined
}

/** Session of one update: the data that was read, and its changes. */
export interface Slot {
  readonly key: string
  /** Reads it, if that has not been done. */
  readonly load: () => Promise<unknown>
  /** Present data. @throws DingTalkError if it was not read. */
  readonly value: () => unknown
  /** Assigns new data; `undefined` deletes it. */
  readonly replace: (value: unknown) => void
  /** Writes it if it has changed. @returns false if another update has written since it was read. */
  readonly save: () => Promise<boolean>
  /** Reads it again, into the same object if it is one, since handlers may have kept that. */
  readonly reload: () => Promise<void>
}

interface Loaded {
  readonly found: Versioned | undefined
  /** Data as it was read, to detect changes. */
  readonly json: string | undefined
  value: unknown
}

/** Creates the session of one update. */
export function createSlot({ store, key, initial, ttlMs, version, migrate }: SlotOptions): Slot {
  let loaded: Loaded | undefined
  let loading: Promise<Loaded> | undefined

  const upToDate = (stored: unknown): unknown => {
    const { data, version: from } = envelopeOf(stored)
    if (from === version) return data
    if (from > version || !migrate) throw versionError(from, version)
    return migrate(data, from)
  }
  const read = async (): Promise<Loaded> => {
    const found = await store.get(key)
    const value = found ? upToDate(found.value) : initial()
    loaded = { found, value, json: JSON.stringify(value) }
    return loaded
  }

  const write = ({ found, value }: Loaded): Promise<boolean> => {
    if (value === undefined) return found ? store.delete(key, { ifVersion: found.version }) : Promise.resolve(true)
    const envelope = { version, data: value }
    return found ? store.set(key, envelope, { ttlMs, ifVersion: found.version }) : store.add(key, envelope, { ttlMs })
  }

  return {
    key,
    async load() {
      loading ??= read()
      return (await loading).value
    },
    value() {
      if (!loaded) throw notLoadedError()
      return loaded.value
    },
    replace(value) {
      if (!loaded) throw notLoadedError()
      loaded.value = value
    },
    async save() {
      // A lazy session may still be loading if nobody awaited it.
      await loading
      return !loaded || JSON.stringify(loaded.value) === loaded.json || write(loaded)
    },
    async reload() {
      const before = loaded?.value
      loading = undefined
      if (loaded === undefined) return
      const now = await read()
      if (isObject(before) && isObject(now.value)) now.value = refill(before, now.value)
      loading = Promise.resolve(now)
    },
  }
}

function envelopeOf(stored: unknown): { readonly data: unknown; readonly version: number } {
  if (isObject(stored) && 'data' in stored && 'version' in stored)
    return { data: stored.data, version: Number(stored.version) }
  throw new DingTalkError(
    'What the store has under the key of a session is none. Give the sessions a store of their own.',
    {
      code: 'ERR_SESSION',
    },
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refill(target: object, source: object): object {
  for (const name of Object.keys(target)) Reflect.deleteProperty(target, name)
  return Object.assign(target, source)
}

function notLoadedError(): DingTalkError {
  const problem =
    'ctx.session was written before it was read, and would have lost what is stored. `await ctx.session` first.'
  return new DingTalkError(problem, { code: 'ERR_SESSION' })
}

function versionError(from: number, version: number): DingTalkError {
  const problem =
    from > version
      ? `A session of version ${from} cannot be read by a bot that knows version ${version}: a newer bot has written it. Update this one.`
      : `A session of version ${from} cannot be read as version ${version}. Give session() a \`migrate\` that makes one of the other.`
  return new DingTalkError(problem, { code: 'ERR_SESSION_VERSION' })
}
