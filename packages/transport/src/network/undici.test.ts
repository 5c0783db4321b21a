import { Agent, buildConnector } from 'undici'
import { expect, onTestFinished, test, vi } from 'vitest'
import { loadUndici } from './undici.ts'

const PARTS = 'undici/lib/dispatcher/agent.js'

test('the parts of undici are those of the whole', async () => {
  expect(await loadUndici()).toMatchObject({ Agent, buildConnector })
})

test('the whole is loaded by a version of undici whose parts are elsewhere', async () => {
  vi.doMock(PARTS, () => {
    throw new Error('Cannot find module')
  })
  onTestFinished(() => void vi.doUnmock(PARTS))
  await expect(import(PARTS)).rejects.toThrow()
  expect(await loadUndici()).toMatchObject({ Agent, buildConnector })
})
