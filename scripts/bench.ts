/** `pnpm bench NAME`: measures the packages as they are published, because running from source costs time of its own. */
import { bundlePackages } from './bundle/bundle.ts'
import { PACKAGES } from './packages.ts'
import { run } from './run.ts'

const isBuilt = await bundlePackages(PACKAGES)
const measured = isBuilt && (await run('node', ['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)]))
process.exitCode = measured ? 0 : 1
