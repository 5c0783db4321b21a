import { bundlePackages } from '../scripts/bundle/bundle.ts'
import { PACKAGES } from '../scripts/packages.ts'
import { ensurePage } from '../scripts/page.ts'
import { arePackagesRequested, isPageRequested, requestedPaths } from '../scripts/test-paths.ts'

/** The browser tests open the built page, other tests start bots on the built packages. */
export default async function setup(): Promise<void> {
  const paths = requestedPaths()
  if (isPageRequested(paths)) await ensurePage()
  if (arePackagesRequested(paths) && !(await bundlePackages(PACKAGES))) throw new Error('The packages cannot be built.')
}
