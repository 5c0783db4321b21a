import { readdir, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

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

async function newest(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true })
  const sources = files.filter(file => !file.includes('node_modules') && !file.includes('.test.'))
  return Math.max(...(await Promise.all(sources.map(file => changedAt(`${folder}/${file}`)))))
}

/** Milliseconds since the epoch; 0 for what is not there. */
async function changedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
