/** `pnpm mutate [area…]`: breaks core's sources in one place after another, and lists what no test noticed. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'
import { AREAS, type Area, TESTS_VARIABLE } from './mutate/areas.ts'

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

/** Per cent of the mutants that tests must notice. */
const ENOUGH = 80

const root = fileURLToPath(new URL('..', import.meta.url))
const names = process.argv.slice(2)
const unknown = names.filter(name => !Object.hasOwn(AREAS, name))

if (unknown.length > 0) {
  console.error(`No area is named ${unknown.join(', ')}. There are ${Object.keys(AREAS).join(', ')}.`)
  process.exitCode = 2
} else {
  process.chdir(root)
  const scores: [string, number][] = []
  for (const [name, area] of Object.entries(AREAS)) {
    if (names.length === 0 || names.includes(name)) scores.push([name, await mutate(name, area)])
  }
  for (const [name, score] of scores) console.log(`${score.toFixed(1).padStart(6)} % ${name}`)
  if (scores.some(([, score]) => score < ENOUGH)) {
    console.error(`Less than ${ENOUGH} % is too little: the survivors above show what is not tested.`)
    process.exitCode = 1
  }
}

/** Resolves to the per cent of mutants that tests noticed. */
async function mutate(name: string, { mutated, tests }: Area): Promise<number> {
  process.env[TESTS_VARIABLE] = tests.join(',')
  const startedAt = Date.now()
  const mutants = await new Stryker({
    mutate: mutated.flatMap(folder => [
      `packages/core/src/${folder}/*.ts`,
      `!packages/core/src/${folder}/*.{test,test-d,expected}.ts`,
    ]),
    configFile: 'scripts/mutate/stryker.json',
    reporters: process.stdout.isTTY ? ['progress'] : [],
  }).runMutationTest()
  const judged = mutants.filter(({ status }) => /Killed|Timeout|Survived|NoCoverage/.test(status))
  const survivors = judged.filter(({ status }) => /Survived|NoCoverage/.test(status))
  const seconds = Math.round((Date.now() - startedAt) / 1000)
  // A test that hangs has noticed the mutant, unless the machine was too busy for it to end in time.
  const hung = judged.filter(({ status }) => status === 'Timeout')
  console.log(`${name}: ${judged.length} mutants in ${seconds} s, ${survivors.length} survived, ${hung.length} hung`)
  for (const mutant of survivors) console.log(`  ${lineOf(mutant)}`)
  return judged.length === 0 ? 100 : (100 * (judged.length - survivors.length)) / judged.length
}

function lineOf({ fileName, location, status, mutatorName, replacement = '' }: Mutant): string {
  const place = `${relative(root, fileName)}:${location.start.line}:${location.start.column}`
  const what = `${mutatorName} → ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`
  return `${place}  ${what}${status === 'NoCoverage' ? '  (no test comes here)' : ''}`
}
