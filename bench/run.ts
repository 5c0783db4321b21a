/** `pnpm bench NAME`: runs bench/NAME.ts or bench/NAME/index.ts, each of which exports `run`. Without a name: lists them. */
import { existsSync, readdirSync } from 'node:fs'

interface Bench {
  readonly run: () => Promise<unknown>
}

const here = new URL('.', import.meta.url)
const benches = findBenches()
const name = process.argv[2]
const file = name === undefined ? undefined : benches.get(name)

if (file) {
  const bench: Bench = await import(file.href)
  await bench.run()
} else {
  if (name !== undefined) console.error(`There is no bench ${name}.`)
  console.error(`Usage: pnpm bench NAME, where NAME is ${[...benches.keys()].join(' or ')}.`)
  process.exitCode = 1
}

function findBenches(): ReadonlyMap<string, URL> {
  const found = new Map<string, URL>()
  for (const entry of readdirSync(here, { withFileTypes: true })) {
    const isFolder = entry.isDirectory()
    const url = new URL(isFolder ? `${entry.name}/index.ts` : entry.name, here)
    if (!url.pathname.endsWith('.ts') || entry.name === 'run.ts' || !existsSync(url)) continue
    found.set(isFolder ? entry.name : entry.name.slice(0, -'.ts'.length), url)
  }
  return found
}
