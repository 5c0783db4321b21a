/** What of core is mutated together, and whose tests concern it: folders of `packages/core/src`, without those in them. */
export interface Area {
  readonly mutated: readonly string[]
  readonly tests: readonly string[]
}

export const AREAS: Readonly<Record<string, Area>> = {
  intake: { mutated: ['intake'], tests: ['intake'] },
  dedupe: { mutated: ['intake/dedupe'], tests: ['intake/dedupe'] },
  composer: {
    mutated: ['composer', 'composer/compose', 'composer/trigger'],
    tests: ['composer', 'composer/compose', 'composer/trigger'],
  },
  action: { mutated: ['composer/action'], tests: ['composer/action', 'updates/callback'] },
  callback: { mutated: ['updates/callback'], tests: ['updates/callback', 'composer/action', 'intake'] },
  message: { mutated: ['updates/message'], tests: ['updates/message'] },
  outgoing: { mutated: ['api/steps'], tests: ['api/steps', 'api'] },
}

/** The environment variable by which the Vitest that runs on mutants is told which tests to take. */
export const TESTS_VARIABLE = 'DINGWARE_MUTATE_TESTS'
