import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Shared } from '../store/shared.ts'
import { sleep } from '../utils/sleep.ts'
import { seal, unseal } from './seal.ts'

export interface Token {
  readonly token: string
  /** End of its use, in milliseconds since the epoch. */
  readonly goodUntil: number
}

const Stored = v.object({ sealed: v.string(), goodUntil: v.number() })

const KEY = 'token'
const TURN = 'token:turn'
/** Milliseconds that processes wait for the one that fetches; longer than an HTTP call may take. */
const PATIENCE = 12_000
const LOOK_AGAIN = 50

/**
 * Gets the access token that the processes of a bot share. One of them fetches it while the others wait. In the store
 * it is encrypted with the app's secret. If the store fails, each process fetches its own; the platform gives all of
 * them the same one.
 *
 * @param isWanted tells whether a stored token will do: one that the platform has refused will not
 */
export async function sharedToken(
  { attempt }: Shared,
  secret: string,
  isWanted: (token: string) => boolean,
  fetchToken: () => Promise<Token>,
): Promise<Token> {
  const stored = (): Promise<Token | undefined> =>
    attempt(
      async store => tokenOf((await store.get(KEY))?.value, secret, isWanted),
      () => undefined,
    )
  const fetchForAll = async (): Promise<Token> => {
    const fetched = await fetchToken()
    const { token, goodUntil } = fetched
    const value = { sealed: seal(token, secret), goodUntil }
    await attempt(
      store => store.set(KEY, value, { ttlMs: Math.max(1, goodUntil - Date.now()) }),
      () => false,
    )
    return fetched
  }

  const found = await stored()
  if (found) return found
  const turn = randomUUID()
  const deadline = performance.now() + PATIENCE
  for (;;) {
    const isMine = await attempt(
      store => store.add(TURN, turn, { ttlMs: PATIENCE }),
      () => true,
    )
    if (isMine || performance.now() > deadline) break
    await sleep(LOOK_AGAIN)
    const theirs = await stored()
    if (theirs) return theirs
  }
  try {
    // Another process may have fetched it between the first look and this turn.
    return (await stored()) ?? (await fetchForAll())
  } finally {
    await attempt(
      async store => {
        const held = await store.get(TURN)
        return held?.value === turn && store.delete(TURN, { ifVersion: held.version })
      },
      () => false,
    )
  }
}

function tokenOf(value: unknown, secret: string, isWanted: (token: string) => boolean): Token | undefined {
  const stored = v.safeParse(Stored, value)
  if (!stored.success || stored.output.goodUntil <= Date.now()) return undefined
  const { sealed, goodUntil } = stored.output
  const token = unseal(sealed, secret)
  return token !== undefined && isWanted(token) ? { token, goodUntil } : undefined
}
