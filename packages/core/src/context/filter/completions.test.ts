import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const file = `${root}packages/core/src/context/filter/editor.ts`
const source = "import { createBot } from '../../bot/bot.ts'\ncreateBot().on('')\n"

/** What an editor offers at a place of a file that exists only in it. */
function completionsAt(position: number): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${root}tsconfig.dev.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => config?.options ?? {},
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    fileExists: path => path === file || ts.sys.fileExists(path),
    readFile: path => (path === file ? source : ts.sys.readFile(path)),
    getScriptSnapshot(path) {
      const text = path === file ? source : ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
  })
  return service.getCompletionsAtPosition(file, position, {})?.entries.map(({ name }) => name) ?? []
}

test('an editor completes kinds, message types and events in on()', { timeout: 60_000 }, () => {
  const offered = completionsAt(source.lastIndexOf("''") + 1)
  expect(offered).toEqual(expect.arrayContaining(['chatbot', 'chatbot:text', 'chatbot:quoted', 'event', 'card']))
  expect(offered).toEqual(expect.arrayContaining(['event:user_add_org', 'event:bpms_task_change', 'event:check_in']))
  expect(offered).toEqual(
    expect.arrayContaining(['event:chat_quit', 'event:user_modify_org', 'event:todo_task_create']),
  )
})
