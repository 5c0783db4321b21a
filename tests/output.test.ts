import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What Vitest prints for tests that make noise, with the settings of this repository. */
async function outputOf(outcome: 'green' | 'red'): Promise<string> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/support/noisy/vitest.config.ts']
  const env = { ...process.env, NOISY: outcome, NO_COLOR: '1', FORCE_COLOR: undefined }
  return new Promise(resolve => {
    execFile(process.execPath, args, { cwd: root, env }, (_error, stdout, stderr) => resolve(stdout + stderr))
  })
}

test('tests that pass print nothing', async () => {
  const output = await outputOf('green')
  expect(output).toContain('2 passed')
  expect(output).not.toContain('of the green one')
  expect(output).not.toContain('of the red one')
  expect(output).not.toContain('of the file')
})

test('a test that fails prints what it and its file wrote, and no other test does', async () => {
  const output = await outputOf('red')
  expect(output).toContain('1 failed')
  expect(output).toContain('stderr of the red one')
  expect(output).toContain('console of the red one')
  expect(output).toContain('warning of the red one')
  expect(output).toContain('stderr of the file')
  expect(output).not.toContain('of the green one')
})
