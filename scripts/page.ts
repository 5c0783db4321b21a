import { fileURLToPath } from 'node:url'
import { changedAt, newest } from './changed.ts'

const root = fileURLToPath(new URL('../packages/simulator/page', import.meta.url))
/** What the page shares with the simulator. */
const shared = fileURLToPath(new URL('../packages/simulator/src', import.meta.url))
const output = fileURLToPath(new URL('../packages/simulator/dist/page-app/index.html', import.meta.url))

/** Builds the simulator's page when one of its sources is newer than the last build. */
export async function ensurePage(): Promise<void> {
  const built = await changedAt(output)
  const changes = await Promise.all([root, shared].map(newest))
  if (built > Math.max(...changes)) return
  // Loading Vite takes longer than all else a demo does until it is up, and is seldom needed.
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn' })
}
