import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import { test } from 'vitest'

/** Where a program of the PATH lies. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map(folder => `${folder}/${name}`).find(existsSync)
}

/**
 * `test`, or a skipped test whose name says what is missing and how to install it. `DINGWARE_TEST_ALL` turns the skip
 * into a failure, so that nothing is left out unseen where everything should run.
 */
export function testWith(name: string, install: string): typeof test | typeof test.skip {
  if (findProgram(name)) return test
  console.warn(`Skipping tests that need ${name}. Install it: ${install}`)
  if (process.env.DINGWARE_TEST_ALL)
    throw new Error(`${name} is missing, and DINGWARE_TEST_ALL allows no skips. Install it: ${install}`)
  return test.skip
}
