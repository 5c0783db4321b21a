/** `pnpm build`: the packages as they are published, in packages/NAME/dist. */
import { ensurePage } from './page.ts'
import { run } from './run.ts'

const compiled = await run('tsc', ['--build'])
await ensurePage()
process.exitCode = compiled ? 0 : 1
