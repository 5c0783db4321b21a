import type { Run } from '../../context/run.ts'

const turns = new WeakMap<Run, readonly string[]>()

/** Notes that an update is handled in turn with others that have these keys. */
export function noteTurns(run: Run, keys: readonly string[]): void {
  turns.set(run, [...(turnsOf(run) ?? []), ...keys])
}

/** The keys by which an update is handled in turn; nothing where it went through no `sequentialize()`. */
export function turnsOf(run: Run): readonly string[] | undefined {
  return turns.get(run)
}
