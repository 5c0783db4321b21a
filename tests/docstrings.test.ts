import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['transport', 'core', 'cards', 'simulator']

/**
 * Entries of a package that a program imports names from: those of its export map that have types and are no command.
 */
async function entriesOf(name: string): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(`${root}packages/${name}/package.json`, 'utf8'))
  return Object.values<{ readonly '@dingware/source'?: string }>(exports)
    .flatMap(({ '@dingware/source': source }) => (source?.endsWith('/index.ts') ? [source] : []))
    .map(source => `${root}packages/${name}/${source.slice(2)}`)
}

const entries = (await Promise.all(PACKAGES.map(entriesOf))).flat()

/** Reads the sources as the tests do, unbuilt. */
function createProgram(files: readonly string[], texts: ReadonlyMap<string, string> = new Map()): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.dev.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const options = { ...config?.options, incremental: false }
  delete options.tsBuildInfoFile
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = file => texts.has(file) || fileExists(file)
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(file)
    return text === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target)
  }
  return ts.createProgram(files, options, host)
}

/** Names that a file exports without a docstring, here or where they are declared. */
function undocumented(program: ts.Program, file: string): string[] {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new Error(`${file} exports nothing, so nothing of it can be checked.`)
  return checker.getExportsOfModule(module).flatMap(exported => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    const text = ts.displayPartsToString([symbol, exported].flatMap(one => one.getDocumentationComment(checker)))
    return text.trim() === '' ? [exported.name] : []
  })
}

const program = createProgram(entries)

test.each(entries.map(file => file.slice(root.length)))('every export of %s has a docstring', file => {
  expect(undocumented(program, root + file)).toEqual([])
})

test('an export without a docstring would be noticed, also one that comes from another file', () => {
  const [entry, other] = [`${root}tests/entry.ts`, `${root}tests/other.ts`]
  const texts = new Map([
    [
      entry,
      `export { bare, said } from './other.ts'\nexport interface Naked {}\n/** A word. */\nexport const own = 1\n`,
    ],
    [other, `export const bare = 1\n/** A word. */\nexport function said() {}\n`],
  ])
  expect(undocumented(createProgram([entry], texts), entry)).toEqual(['bare', 'Naked'])
})
