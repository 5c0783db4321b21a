import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program of node_modules/.bin (or of the PATH) in the repository's root. Resolves to whether it succeeded. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  console.log(`> ${program} ${args.join(' ')}`)
  const path = `${root}node_modules/.bin:${process.env.PATH ?? ''}`
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, PATH: path } })
  const [code] = await once(child, 'exit')
  return code === 0
}
