import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = import.meta.dirname

/** Each folder imports only those before it. */
const folders = [
  ...['utils', 'clock', 'tls', 'redirect', 'options', 'world', 'limits', 'http', 'faults', 'gateway', 'apis'],
  ...['platform', 'talk', 'page', 'workbench', 'server', 'simulator', 'simulator.ts', 'cli', 'index.ts'],
]
/** The same within `apis`, whose `routes.ts` joins them. */
const families = [
  ...['ai-interaction', 'contact', 'micro-app', 'event', 'oauth', 'files', 'storage', 'webhook', 'custom-robots'],
  ...['robot', 'ding', 'emotion', 'group-robots', 'plugins', 'away', 'legacy-card', 'bot-messages', 'card', 'graph'],
  'routes.ts',
]
const panels = ['inspector', 'fixture', 'fault-panel']

const names = await readdir(root, { recursive: true })
const files = names.filter(name => name.endsWith('.ts') && !/\.test\.ts$|^(testing|referees)\//.test(name))
const imports = new Map(await Promise.all(files.map(async file => [file, await importsOf(file)] as const)))

/** Type imports are imports too. */
async function importsOf(file: string): Promise<readonly string[]> {
  const source = await readFile(join(root, file), 'utf8')
  const paths = [...source.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, path = '']) => path)
  return paths.map(path => relative(root, resolve(root, dirname(file), path)))
}

/** The imports that lead from a folder to one which is not before it. */
function upward(order: readonly string[], base = ''): readonly string[] {
  const place = (file: string) => order.indexOf(file.slice(base.length).split('/')[0] ?? '')
  return files
    .filter(file => file.startsWith(base))
    .flatMap(file => (imports.get(file) ?? []).map(to => ({ file, to })))
    .filter(({ file, to }) => to.startsWith(base) && (place(file) < 0 || place(to) > place(file)))
    .map(({ file, to }) => `${file} imports ${to}`)
}

test('each folder imports only those before it', () => {
  expect(upward(folders)).toEqual([])
})

test('each family of APIs imports only those before it', () => {
  expect(upward(families, 'apis/')).toEqual([])
})

test('each panel of the workbench imports only those before it', () => {
  expect(upward(panels, 'workbench/')).toEqual([])
})

test('no file imports itself by way of others', () => {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' → ')]
    if (done.has(file)) return []
    const found = (imports.get(file) ?? []).flatMap(to => visit(to, [...path, file]))
    done.add(file)
    return found
  }
  expect(files.flatMap(file => visit(file, []))).toEqual([])
})
