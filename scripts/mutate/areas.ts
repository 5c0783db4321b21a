/** What of core is mutated together, and whose tests concern it: folders of `packages/core/src`. */
export interface Area {
  readonly mutated: readonly string[]
  readonly tests: readonly string[]
}

export const AREAS: Readonly<Record<string, Area>> = {
  intake: { mutated: ['intake'], tests: ['intake'] },
  dedupe: { mutated: ['dedupe'], tests: ['dedupe'] },
  composer: { mutated: ['compose', 'composer', 'trigger'], tests: ['compose', 'composer', 'trigger'] },
  action: { mutated: ['action'], tests: ['action', 'callback'] },
  callback: { mutated: ['callback'], tests: ['callback', 'action'] },
  message: { mutated: ['message'], tests: ['message'] },
  outgoing: { mutated: ['outgoing'], tests: ['outgoing', 'api'] },
}

/** The environment variable by which the Vitest that runs on mutants is told which tests to take. */
export const TESTS_VARIABLE = 'DINGWARE_MUTATE_TESTS'
