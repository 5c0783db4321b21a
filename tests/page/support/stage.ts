import { createSimulator, type Simulator, type SimulatorOptions } from '@dingware/simulator'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, vi } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'

/** Milliseconds: a browser that starts beside everything else takes its time. */
const PATIENCE = 60_000

/** A browser for all tests of a file, and what they have opened with it. */
export interface Stage {
  /** Opens a page of a simulator, and gathers whatever goes wrong in it, requests to elsewhere included. */
  open(sim: Simulator, options?: BrowserContextOptions, path?: string): Promise<Opened>
  simulator(options?: SimulatorOptions): Promise<Simulator>
}

export interface Opened {
  readonly page: Page
  readonly problems: string[]
}

/** Sets the stage for the tests of one file; everything is closed after the last. */
export function setStage(): Stage {
  vi.setConfig({ testTimeout: PATIENCE, hookTimeout: PATIENCE })
  const closing: (() => Promise<unknown>)[] = []
  let browser: Promise<Browser> | undefined
  afterAll(async () => {
    await (await browser)?.close()
    for (const close of closing.reverse()) await close()
  }, PATIENCE)
  return {
    async simulator(options) {
      const sim = await createSimulator(options)
      closing.push(() => sim.close())
      return sim
    },
    async open(sim, options = {}, path = '') {
      browser ??= launchBrowser()
      const context = await (await browser).newContext({
        locale: 'en',
        viewport: { width: 1280, height: 800 },
        ...options,
      })
      // The tests of the chat have the chat alone; the workbench opens by itself where there is room.
      await context.addInitScript("localStorage.setItem('dingware.workbench', 'closed')")
      const page = await context.newPage()
      const problems = watch(page, sim)
      await page.goto(sim.url + path)
      await page.locator('.conversation').first().waitFor({ state: 'attached' })
      return { page, problems }
    },
  }
}

function watch(page: Page, sim: Simulator): string[] {
  const problems: string[] = []
  const { host } = new URL(sim.url)
  page.on('pageerror', error => problems.push(`${error.name}: ${error.message}`))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  page.on('dialog', dialog => {
    problems.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    const url = new URL(request.url())
    if (url.host !== host && url.protocol.startsWith('http')) problems.push(`a request to ${url.host}`)
  })
  return problems
}

export async function openChat(page: Page, name: string): Promise<void> {
  await page.locator('.conversation', { hasText: name }).click()
  await page.locator('.chat-title', { hasText: name }).waitFor()
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('composer-input').fill(text)
  await page.getByTestId('composer-send').click()
}

/** The last message of a kind. */
export function lastOf(page: Page, kind: string, from = 'bot') {
  return page.locator(`[data-testid=message][data-kind=${kind}][data-from=${from}]`).last()
}
