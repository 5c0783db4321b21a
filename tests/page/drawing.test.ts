import { FORM_TEMPLATE_ID } from '@dingware/simulator'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { formFields } from './support/gallery.ts'
import { caller, TEMPLATES } from './support/platform.ts'
import { openChat, setStage } from './support/stage.ts'

const stage = setStage()
const alice = { user: 'Alice' }

const row = (cell: string) => `|${` ${cell} |`.repeat(14)}\n`
const wideTable = row('column') + row('---') + row('value')
const wideCode = `\`\`\`\n${'const answer = 42; '.repeat(20)}\n\`\`\``

testInBrowser('a wide table and long lines of code in a card are scrolled, not cut off', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card(alice, TEMPLATES.markdown, { title: 'Wide', markdown: `${wideTable}\n${wideCode}` })
  const card = page.getByTestId('card')
  for (const wide of [card.locator('.table'), card.locator('pre')]) {
    expect(await widthOf(wide)).toBeLessThan(await widthOf(card))
    await wide.evaluate(element => element.scrollTo(100, 0))
    expect(await wide.evaluate(element => element.scrollLeft)).toBe(100)
  }
})

testInBrowser('what a tick stands for is seen beside it, in a form and in a dialog', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card(alice, FORM_TEMPLATE_ID, { title: 'Leave', fields: JSON.stringify(formFields) })
  expect(await widthOf(page.getByLabel('主管'))).toBeLessThan(24)
  await page.getByTestId('new-group').click()
  expect(await widthOf(page.getByRole('dialog').getByLabel('Alice'))).toBeLessThan(24)
})

testInBrowser('what has been written out stays in place while a card goes on writing', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim, { reducedMotion: 'reduce' })
  await openChat(page, 'Alice')
  const track = await api.card(alice, TEMPLATES.ai, { msgTitle: 'Story', flowStatus: '1' })
  const begun = `First words.\n\n${wideCode}\n\nLast`
  await api.stream(track, 'msgContent', begun)
  const code = page.getByTestId('card').locator('pre')
  await code.evaluate(element => element.scrollTo(100, 0))
  await page.evaluate('getSelection().selectAllChildren(document.querySelector(".card .markdown p"))')
  await api.stream(track, 'msgContent', `${begun} words.`)
  await page.getByText('Last words.').waitFor()
  expect(await code.evaluate(element => element.scrollLeft)).toBe(100)
  expect(await page.evaluate('getSelection().toString()')).toBe('First words.')
})

function widthOf(element: Locator): Promise<number> {
  return element.evaluate(one => one.getBoundingClientRect().width)
}
