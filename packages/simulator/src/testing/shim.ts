import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** The shim that leads clients to the simulator, as it is published: as JavaScript, which Node loads without a loader. */
export interface Shim extends AsyncDisposable {
  /** For `--import` or `--require`. */
  readonly file: string
}

/** Compiles the shim into a folder of its own, which goes when this is disposed of. */
export async function compileShim(): Promise<Shim> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-shim-'))
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
  }
  for (const name of ['redirect/register', 'redirect/hosts', 'utils/json']) {
    const source = await readFile(new URL(`../${name}.ts`, import.meta.url), 'utf8')
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText)
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  return {
    file: join(folder, 'redirect/register.js'),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}
