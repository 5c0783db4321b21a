import { FORM_TEMPLATE_ID } from '@dingware/simulator'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { formVariables } from './support/gallery.ts'
import { caller, TEMPLATES } from './support/platform.ts'
import { png } from './support/png.ts'
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
    await expect.poll(() => widthOf(wide)).toBeLessThan(await widthOf(card))
    await wide.evaluate(element => element.scrollTo(100, 0))
    await expect.poll(() => wide.evaluate(element => element.scrollLeft)).toBe(100)
  }
})

testInBrowser('what a tick stands for is seen beside it, in a form and in a dialog', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card(alice, FORM_TEMPLATE_ID, formVariables())
  await expect.poll(() => widthOf(page.getByLabel('主管'))).toBeLessThan(24)
  await page.getByTestId('new-group').click()
  await expect.poll(() => widthOf(page.getByRole('dialog').getByLabel('Alice'))).toBeLessThan(24)
})

testInBrowser('pictures that are not here leave their texts the room, and never show as broken', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim, { viewport: { width: 390, height: 3_000 } })
  await openChat(page, 'Alice')
  const here = await api.upload('a.png', png(300, 200, [60, 130, 235]))
  const [elsewhere, unknown] = ['https://img.example.com/pictures/a.png', '@lADOdsome0ther_run']
  for (const picUrl of [elsewhere, unknown, here]) {
    await api.send('Alice', 'sampleLink', { title: 'News', text: 'words '.repeat(20), picUrl, messageUrl: elsewhere })
  }
  await page.locator('.link-tile').nth(2).waitFor()
  const thumbnails = page.locator('.link-body > :is(.picture, .picture-placeholder)')
  for (const thumbnail of await thumbnails.all()) await expect.poll(() => widthOf(thumbnail)).toBe(56)
  await expect.poll(() => thumbnails.count()).toBe(3)

  await api.send('Alice', 'sampleImageMsg', { photoURL: unknown })
  await page.locator('.picture-placeholder', { hasText: 'not in this simulator' }).last().waitFor()
  await api.card(alice, TEMPLATES.ai, {
    msgTitle: 'Album',
    logo: unknown,
    sys_full_json_obj: JSON.stringify({ msgSlider: [{ title: 'One', image: unknown }] }),
  })
  await page.locator('.slide .picture-placeholder').waitFor()
  await page.locator('.card .logo').waitFor({ state: 'detached' })
  await expect.poll(() => page.locator('.message img').count()).toBe(1)
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
  await expect.poll(() => code.evaluate(element => element.scrollLeft)).toBe(100)
  await expect.poll(() => page.evaluate('getSelection().toString()')).toBe('First words.')
})

testInBrowser('what nobody knows the looks of in a known template is shown as its variables', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  const list = JSON.stringify([{ markdown: 'found' }])
  await api.card(alice, TEMPLATES.charts, { query: 'Sales?', content: 'Rising.', preparations: list, charts: '[]' })
  const charts = page.getByTestId('card').filter({ hasText: 'Rising.' })
  await charts.getByRole('rowheader', { name: 'preparations' }).waitFor()
  await charts.getByRole('rowheader', { name: 'charts' }).waitFor()
  await expect.poll(() => charts.getByRole('row').count()).toBe(3)

  const track = await api.card(alice, TEMPLATES.blocks, { content: 'Working', blockList: list, stop_action: 'true' })
  const blocks = page.getByTestId('card').filter({ hasText: 'Working' })
  await blocks.getByRole('rowheader', { name: 'blockList' }).waitFor()
  await blocks.getByRole('button', { name: '停止' }).click()
  await blocks.locator('[data-outcome=undelivered]').waitFor()
  await api.update(track, { stop_action: 'false' })
  await blocks.getByRole('button', { name: '停止' }).waitFor({ state: 'detached' })
})

function widthOf(element: Locator): Promise<number> {
  return element.evaluate(one => one.getBoundingClientRect().width)
}
