import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { TestContext } from 'vitest'

const run = promisify(execFile)

/** Milliseconds in which npm must have brought a runtime; each is some 100 MB, once. */
export const DOWNLOAD_TIME = 300_000

/** Another runtime of JavaScript, which npm brings: it keeps it in its cache, so that nobody has to install it. */
export interface Runtime {
  /** Name of its package and its program. */
  readonly name: string
  readonly version: string
  /** Arguments by which it prints the path of its program. */
  readonly whereIs: readonly string[]
}

/** Gives the path of a runtime's program, or what to say where npm does not bring it. */
export async function findRuntime({ name, version, whereIs }: Runtime): Promise<FoundRuntime> {
  const npx = ['--yes', '--loglevel=error', '--prefer-offline', '--package', `${name}@${version}`, '--', name]
  try {
    const { stdout } = await run('npx', [...npx, ...whereIs], { timeout: DOWNLOAD_TIME })
    return { path: stdout.trim() }
  } catch (error) {
    const how = `npx ${npx.join(' ')} --version`
    if (process.env.DINGWARE_TEST_ALL) {
      const message = `npm did not bring ${name}, and DINGWARE_TEST_ALL allows no skips. Try: ${how}`
      throw new Error(message, { cause: error })
    }
    return { missing: `npm did not bring ${name}. Try: ${how}` }
  }
}

export type FoundRuntime = { readonly path: string } | { readonly missing: string }

/** The path of a runtime's program; a test that needs it is skipped where there is none, and says what is missing. */
export function pathOrSkip(found: FoundRuntime, skip: TestContext['skip']): string {
  return 'path' in found ? found.path : skip(found.missing)
}
