import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Export {
  readonly name: string
  /** What a comment on it says after `@deprecated`. */
  readonly deprecated: string | undefined
}

/** What an entry of core lists by name. */
async function exportsOf(entry: string): Promise<Export[]> {
  const text = await readFile(`${root}packages/core/src/${entry}.ts`, 'utf8')
  const { statements } = ts.createSourceFile(entry, text, ts.ScriptTarget.ESNext, true)
  return statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) => (exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : []))
    .map(element => ({
      name: element.name.text,
      deprecated: ts.getTextOfJSDocComment(ts.getJSDocDeprecatedTag(element)?.comment),
    }))
}

const namesOf = (exports: readonly Export[]): string[] => exports.map(({ name }) => name).toSorted()
const [main, plugin, moved] = await Promise.all(['index', 'plugin', 'moved'].map(exportsOf))

/** Of both entries: the plugin that a bot has in a file of its own needs no more. */
const SHARED = ['Plugin', 'definePlugin']

test('the entry for plugins has these names', () => {
  expect(namesOf(plugin ?? [])).toEqual(
    [
      // Plugins, and waiting
      ...['definePlugin', 'Plugin', 'PluginDefinition', 'PluginHost', 'Wait', 'WaitRequest'],
      ...['actionKey', 'cardKey', 'sleep'],
      // Options
      ...['checkOptions', 'rule', 'Rule', 'RuleKit', 'Rules'],
      // Admissions and stores
      ...['Admission', 'Admitted', 'KeptRun', 'Outcome', 'RunKept'],
      ...['RateWindow', 'SetOptions', 'Versioned'],
      // Cards, texts, calls
      ...['CARD_TTL', 'CardEntry', 'WiredButtons', 'isActionButton', 'isAllowed', 'keepCardEntry', 'readCardEntry'],
      ...['storeOf', 'toVariables', 'wellFormed', 'wireButtons'],
      ...['closeFences', 'hasText', 'requireText'],
      ...['Failure', 'classify'],
    ].toSorted(),
  )
})

test('of these names the main entry lists only what a bot with a plugin in a file of its own needs', () => {
  const names = namesOf(plugin ?? [])
  expect(namesOf(main ?? []).filter(name => names.includes(name))).toEqual(SHARED)
})

test('the main entry still has the others, and says where to import them from', () => {
  expect(namesOf(moved ?? [])).toEqual(namesOf(plugin ?? []).filter(name => !SHARED.includes(name)))
  const says = new Set(moved?.map(({ deprecated }) => deprecated))
  expect([...says]).toEqual(["import from '@dingware/core/plugin'"])
})

/** The files below a folder that users read. */
async function filesIn(folder: string): Promise<string[]> {
  const paths = await readdir(root + folder, { recursive: true })
  return paths
    .filter(path => /\.(md|ts)$/.test(path) && !path.includes('node_modules'))
    .map(path => `${folder}/${path}`)
}

const documents = [
  ...['README.md', 'README.zh-CN.md', 'packages/core/README.md', 'packages/cards/README.md'],
  ...(await filesIn('docs/guide')),
  ...(await filesIn('examples')),
]
const isOfPlugins = (document: string): boolean => /^docs\/guide\/plugins\./.test(document)

interface Import {
  readonly document: string
  readonly name: string
}

/** The names that documents and examples take from an entry. */
async function importsFrom(entry: string): Promise<Import[]> {
  const list = new RegExp(`import (?:type )?\\{([^}]*)\\} from '${entry}'`, 'g')
  const texts = await Promise.all(documents.map(async document => [document, await readFile(root + document, 'utf8')]))
  return texts.flatMap(([document = '', text = '']) =>
    [...text.matchAll(list)]
      .flatMap(([, names = '']) => names.split(','))
      .map(name => ({ document, name: name.trim().replace(/^type /, '') }))
      .filter(({ name }) => name !== ''),
  )
}

test('whoever reads about bots meets no name of the entry for plugins', async () => {
  const names = namesOf(moved ?? [])
  const imports = await importsFrom('@dingware/core')
  expect(imports.length).toBeGreaterThan(100)
  expect(imports.filter(({ name }) => names.includes(name))).toEqual([])
})

test('the entry for plugins is imported where plugins are written, and nowhere else in the documents', async () => {
  const imports = await importsFrom('@dingware/core/plugin')
  expect(imports.filter(({ document }) => isOfPlugins(document))).not.toEqual([])
  expect(imports.filter(({ document }) => !isOfPlugins(document))).toEqual([])
})
