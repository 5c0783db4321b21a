import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { THEMES } from '../../scripts/drawings/canvas.ts'
import { run as measureImport } from '../import/index.ts'
import { benchGrowth } from '../inbound/growth.ts'
import { benchRivals } from '../inbound/rivals.ts'
import { run as measureReply } from '../reply/index.ts'
import { plot } from './plot.ts'
import { tableOf } from './tables.ts'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

/** Measures what docs/performance.md tells, and writes its tables and its picture anew. */
export async function run(): Promise<void> {
  const figures = [...(await benchRivals()), ...(await measureReply()), ...(await measureImport())]
  const growth = await benchGrowth()
  for (const [name, theme] of Object.entries(THEMES)) {
    await writeFile(`${docs}pictures/performance.${name}.svg`, plot(figures, theme))
  }
  for (const file of ['performance.md', 'performance.zh-CN.md']) {
    const text = await readFile(docs + file, 'utf8')
    await writeFile(docs + file, fill(fill(text, 'figures', tableOf(figures)), 'growth', growth))
    console.log(`docs/${file}`)
  }
}

/** Puts `content` between the two comments with that name. */
function fill(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`]
  const [before, rest] = text.split(begin)
  const [, after] = rest?.split(end) ?? []
  if (before === undefined || after === undefined) throw new Error(`There is no place for ${name} between comments.`)
  return `${before}${begin}\n\n${content}\n\n${end}${after}`
}
