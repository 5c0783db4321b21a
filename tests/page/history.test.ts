import type { Simulator } from '@dingware/simulator'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { caller } from './support/platform.ts'
import { openChat, say, setStage } from './support/stage.ts'

const stage = setStage()
const COUNT = 340

/** Keeps older messages from the page until the test lets them in with `letIn()`. */
const holdOlder = `
  const held = []
  window.letIn = () => held.splice(0).forEach(tell => tell())
  window.cut = () => window.line.close()
  window.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url)
      if (url.endsWith('/_sim/events')) window.line = this
    }
    addEventListener(type, listener, options) {
      super.addEventListener(type, event => {
        const tell = () => listener(event)
        if (type === 'message' && event.data.startsWith('{"type":"older"')) held.push(tell)
        else tell()
      }, options)
    }
  }`

async function longChat(sim: Simulator): Promise<Page> {
  const alice = sim.user('Alice')
  // Of several heights, so that what is not measured yet is not as high as it is thought to be.
  for (let n = 1; n <= COUNT; n++) await alice.say(`n${n} ${'words '.repeat((n * 7) % 60)}`)
  const { page } = await stage.open(sim, {}, '')
  await page.addInitScript(holdOlder)
  await page.reload()
  await openChat(page, 'Alice')
  await sized(page, 100)
  return page
}

function sized(page: Page, count: number): Promise<void> {
  return page.locator(`.message[aria-setsize="${count}"]`).first().waitFor()
}

/** Where the message that begins with these words is on the screen. */
async function topOf(page: Page, word: string): Promise<number | undefined> {
  return (await page.locator('.message', { hasText: `${word} ` }).boundingBox())?.y
}

testInBrowser(
  'a long chat is there with its newest messages, and keeps to its end as the older ones come',
  async () => {
    const page = await longChat(await stage.simulator())
    const newest = `n${COUNT}`
    const before = await topOf(page, newest)
    expect(before).toBeDefined()
    await page.evaluate('letIn()')
    await sized(page, COUNT)
    await expect.poll(() => topOf(page, newest)).toBeCloseTo(before ?? 0, 0)

    await page.locator('.log').focus()
    await page.keyboard.press('Home')
    await page.locator('.message:focus', { hasText: 'n1 ' }).waitFor()
  },
)

testInBrowser('whoever reads further up stays there as older messages come, and so does the keyboard', async () => {
  const page = await longChat(await stage.simulator())
  await page.locator('.log').focus()
  for (let step = 0; step < 4; step++) await page.keyboard.press('PageUp')
  const reading = page.locator('.message:focus', { hasText: `n${COUNT - 32} ` })
  await reading.waitFor()
  const before = await topOf(page, `n${COUNT - 32}`)
  await page.evaluate('letIn()')
  await sized(page, COUNT)
  await expect.poll(() => topOf(page, `n${COUNT - 32}`)).toBeCloseTo(before ?? 0, 0)

  await page.keyboard.press('ArrowUp')
  await page.locator('.message:focus', { hasText: `n${COUNT - 33} ` }).waitFor()
})

testInBrowser('whoever reads further up stays there when the line breaks and comes back', async () => {
  const sim = await stage.simulator()
  const page = await longChat(sim)
  await page.evaluate('letIn()')
  await sized(page, COUNT)
  await page.locator('.log').focus()
  for (let step = 0; step < 20; step++) await page.keyboard.press('PageUp')
  const reading = page.locator('.message:focus', { hasText: `n${COUNT - 160} ` })
  await reading.waitFor()
  const before = await topOf(page, `n${COUNT - 160}`)

  await page.evaluate('cut()')
  await page.locator('[data-testid=connection][data-state=gone]').waitFor()
  // Not by who reads: that would lead to its own message.
  await (await caller(sim)).send('Alice', 'sampleText', { content: 'said meanwhile' })
  await sized(page, COUNT + 1)
  await page.evaluate('letIn()')
  await reading.waitFor()
  await expect.poll(() => topOf(page, `n${COUNT - 160}`)).toBeCloseTo(before ?? 0, 0)
})

testInBrowser('seven tabs listen and speak at once', async () => {
  const sim = await stage.simulator()
  const { page } = await stage.open(sim)
  const tabs = await Promise.all(Array.from({ length: 6 }, () => page.context().newPage()))
  await Promise.all(tabs.map(tab => tab.goto(sim.url)))
  for (const [index, tab] of [page, ...tabs].entries()) await say(tab, `from tab ${index}`)
  for (const tab of [page, ...tabs]) await tab.locator('.message', { hasText: 'from tab 6' }).waitFor()
})
