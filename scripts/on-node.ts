/**
 * `pnpm on-node 22 [path…]`: the packages' tests on another version of Node, which npm brings: it keeps it in its cache,
 * so that those who do not ask for it need not install it.
 */
import { run } from './run.ts'

const [version = '', ...paths] = process.argv.slice(2)
if (/^\d+(\.\d+)*$/.test(version)) {
  // What types there are is the compiler's matter, which is the same on each version.
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--typecheck.enabled=false']
  const node = ['--yes', '--loglevel=error', '--package', `node@${version}`, '--', 'node']
  const ok = (await run('npx', [...node, '--version'])) && (await run('npx', [...node, ...vitest, ...wanted()]))
  process.exitCode = ok ? 0 : 1
} else {
  console.error(`${version || 'Nothing'} is no version of Node. pnpm on-node 22 [path…]`)
  process.exitCode = 2
}

function wanted(): readonly string[] {
  return paths.length > 0 ? paths : ['packages/']
}
