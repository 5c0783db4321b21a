import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { programAfter, programBefore, rows } from './migrate/node-rows.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const guide = (await readdir(`${root}docs/guide`)).filter(name => name.endsWith('.md')).toSorted()
const packages = (await readdir(`${root}packages`)).toSorted()
const documents = [
  ...['README.md', 'README.zh-CN.md'],
  ...packages.map(name => `packages/${name}/README.md`),
  ...guide.map(name => `docs/guide/${name}`),
]

interface Snippet {
  readonly file: string
  readonly source: string
}

/** The TypeScript blocks of a document, as files beside this one, where imports resolve as for any test. */
async function snippetsOf(document: string): Promise<Snippet[]> {
  const text = await readFile(root + document, 'utf8')
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)]
  return blocks.map(([, source = ''], index) => ({
    file: `${root}tests/${document.replaceAll('/', '.')}.${index + 1}.ts`,
    source: `${source}\nexport {}\n`,
  }))
}

/** The table rows that hold code, before and after. Row 1 is in each of them. */
function snippetsOfRows(): Snippet[] {
  const [, ...others] = rows
  const snippets = others.flatMap(({ number, before, after, isInHandler }) => [
    before && { file: `row${number}.before.ts`, source: programBefore(before, isInHandler) },
    after && { file: `row${number}.after.ts`, source: programAfter(after, isInHandler) },
  ])
  return snippets
    .filter(snippet => snippet !== '')
    .map(({ file, source }) => ({ file: `${root}tests/${file}`, source }))
}

/** What the compiler says about each of the snippets, by file, under the settings of the tests. */
function complaintsAbout(snippets: readonly Snippet[]): ReadonlyMap<string, readonly string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.dev.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const options = { ...config?.options, incremental: false, noUnusedLocals: false }
  delete options.tsBuildInfoFile
  const sources = new Map(snippets.map(({ file, source }) => [file, source]))
  const host = ts.createCompilerHost(options)
  const { readFile: read, fileExists, getSourceFile } = host
  host.readFile = file => sources.get(file) ?? read(file)
  host.fileExists = file => sources.has(file) || fileExists(file)
  host.getSourceFile = (file, target, ...rest) => {
    const source = sources.get(file)
    return source === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, source, target)
  }
  const program = ts.createProgram([...sources.keys()], options, host)
  // Of the snippets alone: what they import is checked where it lies.
  return new Map(
    snippets.map(({ file }) => {
      const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(file))
      return [file, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))]
    }),
  )
}

const mistake: Snippet = {
  file: `${root}tests/mistake.ts`,
  source: `import { createBot } from '@dingware/core'\ncreateBot().on('chatbot:txt', () => {})\nexport {}\n`,
}

test('the code blocks of the documents compile, and one with a mistake would be noticed', {
  timeout: 240_000,
}, async () => {
  const blocks = (await Promise.all(documents.map(snippetsOf))).flat()
  expect(blocks.length).toBeGreaterThanOrEqual(documents.length)
  const { [mistake.file]: noticed, ...complaints } = Object.fromEntries(
    complaintsAbout([...blocks, ...snippetsOfRows(), mistake]),
  )
  expect(noticed).toEqual([expect.stringContaining('chatbot:txt')])
  expect(Object.entries(complaints).filter(([, found]) => found.length > 0)).toEqual([])
})

test('every page of the guide has its twin in the other language, with the same code blocks in number', async () => {
  const english = guide.filter(name => !name.endsWith('.zh-CN.md'))
  expect(guide.filter(name => name.endsWith('.zh-CN.md'))).toEqual(
    english.map(name => name.replace('.md', '.zh-CN.md')),
  )
  for (const name of english) {
    const [one, other] = await Promise.all(
      [name, name.replace('.md', '.zh-CN.md')].map(file => snippetsOf(`docs/guide/${file}`)),
    )
    expect(one?.length, name).toBe(other?.length)
  }
})
