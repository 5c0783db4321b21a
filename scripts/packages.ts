import { run } from './run.ts'

/** The published packages, in the order in which they stand on each other. */
export const PACKAGES = ['transport', 'core', 'cards', 'simulator'] as const

/** Builds the packages as they are published. Resolves to whether it succeeded. */
export function buildPackages(): Promise<boolean> {
  return run('tsc', ['--build', ...PACKAGES.map(name => `packages/${name}`)])
}
