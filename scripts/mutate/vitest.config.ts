import { defineConfig } from 'vitest/config'
import shared, { fromSource } from '../../vitest.config.ts'
import { TESTS_VARIABLE } from './areas.ts'

const { projects, ...settings } = shared.test ?? {}

/** The tests of one area. Its types are the compiler's matter, and none of them opens the chat page. */
export default defineConfig({
  ...shared,
  ...fromSource,
  test: {
    ...settings,
    include: (process.env[TESTS_VARIABLE] ?? '').split(',').map(folder => `packages/core/src/${folder}/*.test.ts`),
    // Thousands of inputs for each mutant take hours. What only they notice counts as not noticed.
    exclude: ['**/fuzz.test.ts'],
    globalSetup: [],
    // Stryker's runner keeps the book of what runs by file; of files that share a process it sees the first alone.
    isolate: true,
    // What hangs on a mutant is told sooner.
    testTimeout: 5_000,
  },
})
