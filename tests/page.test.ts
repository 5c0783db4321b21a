import { createSimulator, type Simulator } from '@dingware/simulator'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { startEcho } from '../scripts/echo.ts'
import { launchBrowser, testInBrowser } from './support/browser.ts'

let simulator: Simulator
let bot: { stop(): Promise<void> }
let browser: Browser | undefined

beforeAll(async () => {
  simulator = await createSimulator()
  bot = await startEcho(simulator)
})

afterAll(async () => {
  await browser?.close()
  await bot.stop()
  await simulator.close()
})

async function openPage(): Promise<{ readonly page: Page; readonly problems: string[] }> {
  browser ??= await launchBrowser()
  const page = await browser.newPage({ locale: 'zh-CN' })
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  page.on(
    'request',
    request => new URL(request.url()).host === new URL(simulator.url).host || problems.push(request.url()),
  )
  await page.goto(simulator.url)
  return { page, problems }
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('composer-input').fill(text)
  await page.getByTestId('composer-send').click()
}

testInBrowser('a message typed on the page is answered there by the bot', async () => {
  const { page, problems } = await openPage()
  await page.locator('[data-testid=connection][data-state=bot]').waitFor()
  await say(page, '你好，浏览器')
  const answer = page.locator('[data-testid=message][data-from=bot]').last()
  await answer.waitFor()
  expect(await answer.textContent()).toContain('你好，浏览器')
  expect(problems).toEqual([])
})

testInBrowser('markdown of a card is rendered, and a script in it is not run', async () => {
  const { page, problems } = await openPage()
  await say(page, '# 标题\n\n- 一\n- **二** <img src=x onerror="document.title=\'pwned\'">')
  const card = page.locator('[data-testid=message][data-kind=card]').last()
  await card.waitFor()
  expect(await card.getByRole('heading', { name: '标题' }).count()).toBe(1)
  expect(await card.locator('li').allInnerTexts()).toHaveLength(2)
  expect(await card.locator('strong').textContent()).toBe('二')
  expect(await page.title()).not.toContain('pwned')
  expect(problems).toEqual([])
})
