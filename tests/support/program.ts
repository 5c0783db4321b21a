import { describe, test } from 'vitest'
import { findProgram } from './find-program.ts'

export { findProgram } from './find-program.ts'

/**
 * `test`, or a skipped test while a message says what is missing and how to install it. `DINGWARE_TEST_ALL` turns the
 * skip into a failure, so that nothing is left out unseen where everything should run.
 */
export function testWith(names: string | readonly string[], install: string): typeof test | typeof test.skip {
  return isThere(names, install) ? test : test.skip
}

/** The same for a group of tests. */
export function describeWith(
  names: string | readonly string[],
  install: string,
): typeof describe | typeof describe.skip {
  return isThere(names, install) ? describe : describe.skip
}

const told = new Set<string>()

/** Whether one of them is there. */
function isThere(names: string | readonly string[], install: string): boolean {
  const all = [names].flat()
  if (all.some(findProgram)) return true
  const name = all.join(' or ')
  if (process.env.DINGWARE_TEST_ALL)
    throw new Error(`${name} is missing, and DINGWARE_TEST_ALL allows no skips. Install it: ${install}`)
  if (!told.has(name)) console.warn(`Skipping tests that need ${name}. Install it: ${install}`)
  told.add(name)
  return false
}
