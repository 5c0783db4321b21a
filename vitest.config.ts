import { defineConfig } from 'vitest/config'
import { areTypesRequested, requestedPaths } from './scripts/test-paths.ts'

const conditions = ['@dingware/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/page/src/**/*.test.ts',
      'examples/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    typecheck: {
      enabled: areTypesRequested(requestedPaths()),
      tsconfig: 'tsconfig.dev.json',
      include: ['packages/*/src/**/*.test-d.ts'],
    },
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/setup.ts'],
    // A process for each file would load all of core for each file, which takes longer than most files run.
    isolate: false,
    // Many tests provoke what is logged as an error. Their output is shown when they fail.
    silent: 'passed-only',
    testTimeout: 15_000,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
  },
})
