import { describe, test } from 'vitest'
import { findProgram } from './find-program.ts'

export { findProgram } from './find-program.ts'

/**
 * `test`, or a skipped test while a message says what is missing and how to install it. `DINGWARE_TEST_ALL` turns the
 * skip into a failure, so that nothing is left out unseen where everything should run.
 */
export function testWith(name: string, install: string): typeof test | typeof test.skip {
  return isThere(name, install) ? test : test.skip
}

/** The same for a group of tests. */
export function describeWith(name: string, install: string): typeof describe | typeof describe.skip {
  return isThere(name, install) ? describe : describe.skip
}

const told = new Set<string>()

function isThere(name: string, install: string): boolean {
  if (findProgram(name)) return true
  if (process.env.DINGWARE_TEST_ALL)
    throw new Error(`${name} is missing, and DINGWARE_TEST_ALL allows no skips. Install it: ${install}`)
  if (!told.has(name)) console.warn(`Skipping tests that need ${name}. Install it: ${install}`)
  told.add(name)
  return false
}
