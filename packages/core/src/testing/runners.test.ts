import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/runners/${name}`, import.meta.url))

test('the test kit works under node --test, and its process ends by itself', { timeout: 60_000 }, async () => {
  const options = ['--test', '--test-reporter=tap', '--import', 'tsx', '--conditions=@dingware/source']
  const env = { ...process.env, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, VITEST: undefined }
  const run = promisify(execFile)(process.execPath, [...options, fixture('echo.node-test.ts')], { env })
  const { stdout } = await run
  expect(stdout).toContain('# pass 3')
  expect(stdout).toContain('# fail 0')
})
