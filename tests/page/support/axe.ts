import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds wrong, each with the element it is wrong in. */
export async function findingsOf(page: Page): Promise<string[]> {
  // A script element would break the page's policy; what the debugger evaluates does not.
  await page.evaluate(await readFile(axe, 'utf8'))
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  )
}
