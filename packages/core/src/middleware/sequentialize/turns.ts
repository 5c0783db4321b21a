import type { Run } from '../../context/run.ts'

const turns = new WeakMap<Run, readonly string[]>()

/** Records the keys by which an update is sequentialized. */
export function noteTurns(run: Run, keys: readonly string[]): void {
  turns.set(run, [...(turnsOf(run) ?? []), ...keys])
}

/** Keys by which an update is sequentialized; `undefined` if it went through no `sequentialize()`. */
export function turnsOf(run: Run): readonly string[] | undefined {
  return turns.get(run)
}
