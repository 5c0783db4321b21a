import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { PackageName } from './districts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A source file, relative to the `src` of its package, and what it imports: values and types alike. */
export interface SourceFile {
  readonly path: string
  readonly lines: number
  /** Files of the same package. */
  readonly files: readonly string[]
  /** Names of modules, such as `ws` and `@dingware/core`. */
  readonly modules: readonly string[]
}

/** Tests, and what only tests use. Core's `testing/` is for users. */
const isForTests = (name: PackageName, path: string): boolean =>
  /\.(test|test-d|expected)\.ts$/.test(path) || (name !== 'core' && /^(testing|referees)\//.test(path))

/** Reads what each source file of a package imports. */
export async function readSources(name: PackageName): Promise<SourceFile[]> {
  const folder = `${root}packages/${name}/src`
  const entries = await readdir(folder, { recursive: true })
  const paths = entries.filter(path => path.endsWith('.ts') && !isForTests(name, path)).toSorted()
  return Promise.all(
    paths.map(async path => {
      const text = await readFile(join(folder, path), 'utf8')
      const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
      return {
        path,
        lines: text.split('\n').length - 1,
        files: [...new Set(names.filter(isRelative).map(imported => normalize(join(dirname(path), imported))))].filter(
          imported => !imported.startsWith('..'),
        ),
        modules: names.filter(imported => !isRelative(imported)),
      }
    }),
  )
}

const isRelative = (imported: string): boolean => imported.startsWith('.')
