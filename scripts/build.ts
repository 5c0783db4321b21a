/** `pnpm build`: the packages as they are published, in packages/NAME/dist. Append names to build only those. */
import { bundlePackages } from './bundle/bundle.ts'
import { PACKAGES } from './packages.ts'
import { ensurePage } from './page.ts'

const wanted = process.argv.slice(2)
const names = PACKAGES.filter(name => wanted.length === 0 || wanted.includes(name))
const isBuilt = await bundlePackages(names)
if (names.includes('simulator')) await ensurePage()
process.exitCode = isBuilt ? 0 : 1
