import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { findingsOf } from './support/axe.ts'
import { showCards, showMessages } from './support/gallery.ts'
import { caller } from './support/platform.ts'
import { openChat, setStage } from './support/stage.ts'

const stage = setStage()
for (const colorScheme of ['light', 'dark'] as const) {
  for (const locale of ['zh-CN', 'en']) {
    testInBrowser(`axe finds nothing wrong: ${colorScheme}, ${locale}`, async () => {
      const sim = await stage.simulator()
      const api = await caller(sim)
      await showMessages(sim, api)
      await showCards(sim, api)
      const { page } = await stage.open(sim, {
        colorScheme,
        locale,
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 5_000 },
      })
      for (const name of ['小钉', 'Alice', '开发群']) {
        await openChat(page, name)
        expect(await findingsOf(page)).toEqual([])
      }
      await page.getByTestId('new-group').click()
      expect(await findingsOf(page)).toEqual([])
    })
  }
}

testInBrowser('everything can be done by keyboard', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  await api.send('Alice', 'sampleText', { content: 'first' })
  await api.send('Alice', 'sampleText', { content: 'second' })
  const { page } = await stage.open(sim)
  const focused = () =>
    page.evaluate<string>("document.activeElement.getAttribute('data-testid') ?? document.activeElement.className")
  await page.keyboard.press('Alt+ArrowDown')
  await page.locator('.chat-title', { hasText: 'Alice' }).waitFor()
  await page.locator('[data-testid=composer-input]:focus').waitFor()

  await page.keyboard.press('Alt+KeyM')
  await expect.poll(() => focused()).toBe('log')
  await page.keyboard.press('ArrowUp')
  await page.locator('.message:focus', { hasText: 'first' }).waitFor()
  await page.keyboard.press('r')
  await page.getByTestId('quoting').getByText('first').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('quoting').waitFor({ state: 'detached' })

  await page.keyboard.press('Alt+KeyK')
  await expect.poll(() => focused()).toBe('conversation-search')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('.chat-title', { hasText: '开发群' }).waitFor()

  await page.keyboard.press('Alt+KeyW')
  await page.getByTestId('workbench').waitFor()
  await page.keyboard.press('Alt+KeyW')
  await page.getByTestId('workbench').waitFor({ state: 'detached' })
})

testInBrowser('on a phone there is the list, or one chat, and a way back', async () => {
  const sim = await stage.simulator()
  const { page } = await stage.open(sim, { viewport: { width: 320, height: 640 }, hasTouch: true })
  await expect.poll(() => page.locator('.app-main').isVisible()).toBe(false)
  // The first chat is the one that a wide page shows; here nobody has seen it.
  await (await caller(sim)).send('小钉', 'sampleText', { content: 'unseen' })
  const first = page.locator('.conversation', { hasText: '小钉' })
  await first.getByText('unseen').waitFor()
  await first.locator('.conversation-unread').waitFor()
  await openChat(page, 'Alice')
  await expect.poll(() => page.locator('.conversations').isVisible()).toBe(false)
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  await page.getByRole('link', { name: 'All conversations' }).click()
  await expect.poll(() => page.locator('.conversations').isVisible()).toBe(true)
})

testInBrowser('language and theme are remembered', async () => {
  const sim = await stage.simulator()
  const { page } = await stage.open(sim, { colorScheme: 'light' })
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByTestId('theme-toggle').click()
  await page.getByTestId('theme-toggle').click()
  await page.reload()
  await page.getByRole('heading', { name: '群聊' }).waitFor()
  await expect
    .poll(() =>
      page.evaluate('[document.documentElement.lang, getComputedStyle(document.documentElement).colorScheme]'),
    )
    .toEqual(['zh-CN', 'dark'])
})
