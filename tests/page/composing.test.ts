import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { findingsOf } from './support/axe.ts'
import { openChat, setStage } from './support/stage.ts'

const stage = setStage()

/** A page with a group of many open. */
async function openTeam(): Promise<Page> {
  const sim = await stage.simulator()
  sim.group(
    'Team',
    Array.from({ length: 30 }, (_, index) => ({ nick: `Member ${index}` })),
  )
  const { page } = await stage.open(sim)
  await openChat(page, 'Team')
  return page
}

const chips = (page: Page) => page.getByTestId('mention-chips').textContent()
const box = (page: Page) => page.getByTestId('composer-input')

testInBrowser('an @ in the middle of a text leaves the caret there, and can be undone', async () => {
  const page = await openTeam()
  await box(page).fill('请看这里')
  await box(page).press('ArrowLeft')
  await box(page).press('ArrowLeft')
  await page.keyboard.type('@member 1')
  await page.getByTestId('mention-list').getByText('Member 1', { exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => chips(page)).toContain('@Member 1')
  await page.keyboard.type('X')
  await expect.poll(() => box(page).inputValue()).toBe('请看X这里')
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => box(page).inputValue()).toContain('@member')

  await box(page).fill('ab cd')
  await box(page).press('Home')
  await page.getByTestId('mention').click()
  await page.getByTestId('mention-list').waitFor()
  await expect.poll(() => box(page).inputValue()).toBe('@ab cd')
})

testInBrowser('the arrows keep whom they have come to in sight, and a long list has no barriers', async () => {
  const page = await openTeam()
  await box(page).focus()
  await page.keyboard.type('@')
  await page.getByTestId('mention-list').waitFor()
  for (let presses = 0; presses < 20; presses++) await page.keyboard.press('ArrowDown')
  await expect.poll(() => isInSight(page, '.mention-option[aria-selected=true]', '.mention-list')).toBe(true)
  expect(await findingsOf(page)).toEqual([])
})

testInBrowser('what was not sent comes back with those whom it @s', async () => {
  const page = await openTeam()
  await page.route('**/_sim/messages', route => route.abort())
  await box(page).focus()
  await page.keyboard.type('@member 7')
  await page.keyboard.press('Enter')
  await page.keyboard.type('look here')
  await page.keyboard.press('Enter')
  await page.getByTestId('composer-failure').waitFor()
  await expect.poll(() => chips(page)).toContain('@Member 7')
  await expect.poll(() => box(page).inputValue()).toBe('look here')
})

testInBrowser('a voice message that was not sent stays in its dialog until it is', async () => {
  const page = await openTeam()
  await page.route('**/_sim/messages', route => route.abort())
  await page.getByTestId('add-voice').click()
  await page.locator('[data-testid=voice-words]:focus').waitFor()
  await page.keyboard.type('a long speech')
  await page.getByTestId('voice-file').setInputFiles({ name: 'a.amr', mimeType: 'audio/amr', buffer: Buffer.from('x') })
  await page.getByTestId('voice-send').click()
  await page.getByRole('dialog').getByRole('alert').waitFor()
  await expect.poll(() => page.getByTestId('voice-words').inputValue()).toBe('a long speech')
  await page.unroute('**/_sim/messages')
  await page.getByTestId('voice-send').click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('.message[data-kind=audio]').waitFor()
})

testInBrowser('a file can be dropped anywhere on a chat', async () => {
  const page = await openTeam()
  const transfer = await page.evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['hello'], 'notes.txt'))
    return data
  })()`)
  await page.dispatchEvent('.log', 'dragover', { dataTransfer: transfer })
  await page.getByText('Drop to attach').waitFor()
  await page.dispatchEvent('.log', 'drop', { dataTransfer: transfer })
  await page.getByTestId('attachments').getByText('notes.txt').waitFor()
  await expect.poll(() => page.getByText('Drop to attach').count()).toBe(0)
})

async function isInSight(page: Page, inner: string, outer: string): Promise<boolean> {
  const [a, b] = await Promise.all([inner, outer].map(it => page.locator(it).first().boundingBox()))
  return !!a && !!b && a.y >= b.y - 1 && a.y + a.height <= b.y + b.height + 1
}
