import { defineConfig } from 'vitest/config'

const conditions = ['@dingware/source']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 15_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
})
