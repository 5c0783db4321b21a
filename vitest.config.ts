import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { areTypesRequested, isShuffleRequested, requestedPaths } from './scripts/test-paths.ts'
import { WholeFirst } from './tests/support/whole-first.ts'

const conditions = ['@dingware/source']
/** Packages find each other's sources. */
export const fromSource = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
}
/** The packages as they are built: Node loads them by itself, which takes a tenth of the time. */
const built = { deps: { external: [/\/packages\/\w+\/dist\//] } }

export default defineConfig({
  test: {
    globalSetup: ['tests/global-setup.ts'],
    setupFiles: ['tests/setup.ts'],
    // Many tests wait for a socket, a process or a page: with a file for each core, half of the time is waiting.
    maxWorkers: 2 * availableParallelism(),
    sequence: isShuffleRequested() ? {} : { sequencer: WholeFirst },
    // Says that a test hangs, not that the machine is slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A page or a program reaches a state in its own time; that it does is what tests wait for.
    expect: { poll: { timeout: 10_000 } },
    // Many tests provoke what is logged as an error. Their output is shown when they fail.
    silent: 'passed-only',
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        ...fromSource,
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts', 'packages/*/page/src/**/*.test.ts'],
          // A process for each file would load all of core for each file, which takes longer than most files run.
          isolate: false,
          // Tests that run side by side mostly wait for a card's next frame.
          maxConcurrency: 20,
          typecheck: {
            enabled: areTypesRequested(requestedPaths()),
            // All other tests too, which `pnpm check` compiles, would take twice as long, while nothing else is left to run.
            tsconfig: 'tsconfig.types.json',
            include: ['packages/*/src/**/*.test-d.ts'],
          },
        },
      },
      {
        extends: true,
        // Of the whole: they share helpers that set things up for one file, and programs read the environment.
        test: {
          name: 'whole',
          include: ['examples/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/published/**'],
          server: built,
        },
      },
      {
        extends: true,
        // Of what npm users get: they install and bundle for minutes. `pnpm test:published`.
        test: { name: 'published', include: ['tests/published/**/*.test.ts'], server: built },
      },
    ],
  },
})
