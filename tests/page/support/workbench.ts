import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Opens the workbench beside the chat, at one of its tabs. */
export async function openWorkbench(page: Page, tab: 'inspector' | 'faults'): Promise<void> {
  await page.getByTestId('workbench-toggle').click()
  await page.locator(`[data-tab=${tab}]`).click()
}

/** What axe finds wrong in the workbench, each with the element it is wrong in. */
export async function faultsOfAccess(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, 'utf8'))
  const { violations } = await page.evaluate<AxeResults>('axe.run("#workbench")')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
