import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as core from './index.ts'
import * as plugin from './plugin.ts'
import * as testing from './testing/index.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const typeTests = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test-d.ts'))
  .map(file => readFileSync(here + file, 'utf8'))

const functions = Object.entries({ ...core, ...plugin, ...testing })
  .filter(([, value]) => typeof value === 'function')
  .map(([name]) => name)

test.each(functions)('%s has a type test, with a case that is refused', name => {
  const used = new RegExp(`\\b${name}\\b`)
  expect(typeTests.some(source => used.test(source) && source.includes('@ts-expect-error'))).toBe(true)
})
