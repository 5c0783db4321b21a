/** `pnpm bench NAME`: measures the packages as they are published, because running from source costs time of its own. */
import { run } from './run.ts'

const compiled = await run('tsc', [
  '--build',
  'packages/transport',
  'packages/core',
  'packages/cards',
  'packages/simulator',
])
const measured = compiled && (await run('node', ['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)]))
process.exitCode = measured ? 0 : 1
