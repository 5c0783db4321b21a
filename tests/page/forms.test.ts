import { FORM_TEMPLATE_ID, type Simulator } from '@dingware/simulator'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { formVariables } from './support/gallery.ts'
import { type Caller, caller } from './support/platform.ts'
import { openChat, setStage } from './support/stage.ts'

const stage = setStage()

/** A chat longer than its window, with a form at its end. */
async function formAtEnd(sim: Simulator, api: Caller): Promise<Page> {
  for (let n = 1; n <= 30; n++) await sim.user('Alice').say(`old ${n}`)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card({ user: 'Alice' }, FORM_TEMPLATE_ID, formVariables())
  return page
}

testInBrowser('what is filled in is still there after scrolling away and after another chat', async () => {
  const sim = await stage.simulator()
  const page = await formAtEnd(sim, await caller(sim))
  await sim.user('小钉').say('hello')
  const form = page.getByTestId('card-form')
  await form.getByLabel('事由').fill('探亲')
  await form.getByLabel('类型').selectOption('病假')
  await form.getByLabel('同组').check()
  await form.getByLabel('开始日期').fill('2026-12-01')
  await form.getByLabel('加急').check()

  await page.getByTestId('composer-input').focus()
  await page.locator('.log').evaluate(element => element.scrollTo(0, 0))
  await form.waitFor({ state: 'detached' })
  await openChat(page, '小钉')
  await openChat(page, 'Alice')
  await form.waitFor()
  await expect.poll(() => form.getByLabel('事由').inputValue()).toBe('探亲')
  await expect.poll(() => form.getByLabel('类型').inputValue()).toBe('1')
  await expect.poll(() => form.getByLabel('主管').isChecked()).toBe(false)
  await expect.poll(() => form.getByLabel('同组').isChecked()).toBe(true)
  await expect.poll(() => form.getByLabel('开始日期').inputValue()).toBe('2026-12-01')
  await expect.poll(() => form.getByLabel('加急').isChecked()).toBe(true)
})

testInBrowser('who types in a form goes on typing while messages push it out of view', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const page = await formAtEnd(sim, api)
  const reason = page.getByTestId('card-form').getByLabel('事由')
  await reason.pressSequentially('visit ')
  for (let n = 1; n <= 25; n++) await api.send('Alice', 'sampleText', { content: `meanwhile ${n}` })
  await page.locator('.conversation-preview', { hasText: 'meanwhile 25' }).waitFor()
  await page.keyboard.type('home')
  await expect.poll(() => reason.inputValue()).toBe('visit home')
})
