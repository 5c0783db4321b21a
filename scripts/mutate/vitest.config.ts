import { defineConfig } from 'vitest/config'
import shared from '../../vitest.config.ts'
import { TESTS_VARIABLE } from './areas.ts'

/** The tests of one area. Its types are the compiler's matter, and none of them opens the chat page. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: (process.env[TESTS_VARIABLE] ?? '').split(',').map(folder => `packages/core/src/${folder}/**/*.test.ts`),
    typecheck: { enabled: false },
    globalSetup: [],
    // What hangs on a mutant is told sooner.
    testTimeout: 5_000,
  },
})
