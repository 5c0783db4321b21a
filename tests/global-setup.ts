import { bundlePackages } from '../scripts/bundle/bundle.ts'
import { PACKAGES } from '../scripts/packages.ts'
import { ensurePage } from '../scripts/page.ts'
import { arePackagesRequested, isPageRequested, requestedPaths } from '../scripts/test-paths.ts'

/** Tests of the whole stand on the packages as they are built, and open the built page. */
export default async function setup(): Promise<void> {
  const paths = requestedPaths()
  if (isPageRequested(paths)) await ensurePage()
  if (arePackagesRequested(paths) && !(await bundlePackages(PACKAGES, { types: false })))
    throw new Error('The packages cannot be built.')
}
