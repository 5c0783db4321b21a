import { ensurePage } from '../scripts/page.ts'
import { isPageRequested, requestedPaths } from '../scripts/test-paths.ts'

/** The browser tests open the built page. */
export default async function setup(): Promise<void> {
  if (isPageRequested(requestedPaths())) await ensurePage()
}
