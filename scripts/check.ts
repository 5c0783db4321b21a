/** `pnpm check`: types, lint and format, then what npm users would get. */

import { bundlePackages } from './bundle/bundle.ts'
import { PACKAGES } from './packages.ts'
import { ensurePage } from './page.ts'
import { run } from './run.ts'

const steps: (() => Promise<boolean>)[] = [
  () => run('tsc', ['--build']),
  () => run('biome', ['check', '--error-on-warnings', '.']),
  () => run('tsx', ['--conditions=@dingware/source', 'scripts/type-budget.ts']),
  () => bundlePackages(PACKAGES),
  async () => {
    await ensurePage()
    return true
  },
  ...PACKAGES.flatMap(name => [
    () => run('publint', ['--strict', '--pack', 'npm', `packages/${name}`]),
    () => run('attw', ['--profile', 'esm-only', '--format', 'ascii', '--quiet', '--pack', `packages/${name}`]),
  ]),
  // From Node 20.19 on, CommonJS can require() ES modules, as long as none awaits at its top level.
  ...[...PACKAGES, 'core/plugin', 'core/testing'].map(
    entry => () => run('node', ['--eval', `require('@dingware/${entry}')`]),
  ),
]

for (const step of steps) {
  if (await step()) continue
  process.exitCode = 1
  break
}
