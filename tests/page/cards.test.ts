import { createBot } from '@dingware/core'
import { FORM_TEMPLATE_ID, type Simulator } from '@dingware/simulator'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { formVariables, showCards } from './support/gallery.ts'
import { caller, TEMPLATES } from './support/platform.ts'
import { openChat, setStage } from './support/stage.ts'

const stage = setStage()
type Callback = { readonly actionIds: readonly string[]; readonly params: Readonly<Record<string, unknown>> }

/** A bot that answers clicks with what `answer` makes of them. */
async function cardBot(sim: Simulator, answer: (callback: Callback) => object | Promise<object>) {
  const heard: Callback[] = []
  const { clientId, clientSecret, url } = sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
  bot.on('card', async ctx => {
    heard.push({ actionIds: ctx.callback.actionIds, params: ctx.callback.params })
    ctx.respond(await answer(ctx.callback))
  })
  await bot.start()
  return { heard, stop: () => bot.stop() }
}

testInBrowser('each template is drawn as its card, an unknown one as its variables', async () => {
  const sim = await stage.simulator()
  const { page, problems } = await stage.open(sim, { viewport: { width: 1280, height: 6_000 } })
  await openChat(page, 'Alice')
  await showCards(sim, await caller(sim))
  await page.getByText('my-own-template').waitFor()
  const card = (title: string) => page.getByTestId('card').filter({ hasText: title })

  await expect.poll(() => card('Build 412').locator('.font-green').textContent()).toBe('128 tests')
  await expect.poll(() => card('Answer').locator('.card-button').allInnerTexts()).toHaveLength(5)
  await expect.poll(() => card('Answer').locator('[data-color=red]').count()).toBe(1)
  await expect
    .poll(() => card('Answer').getByRole('link', { name: '文档' }).getAttribute('href'))
    .toBe('https://example.com/docs')
  await expect.poll(() => card('Assistant').getByTestId('card-status').textContent()).toBe('Writing')
  await expect.poll(() => card('Waiting').getByTestId('card-status').textContent()).toBe('Processing')
  await expect.poll(() => card('Went wrong').getByTestId('card-status').textContent()).toBe('Failed')
  await expect.poll(() => card('Where to?').locator('.slide').count()).toBe(3)
  await expect.poll(() => card('Open the report').getByText('AGI-EXTENSION-1').count()).toBe(1)
  await expect
    .poll(() => card('Own template').locator('tbody tr').allInnerTexts())
    .toEqual([
      expect.stringContaining('title'),
      expect.stringMatching(/count\s+3/),
      expect.stringContaining('items'),
      expect.stringMatching(/voted\s+yes\s+Only Alice/),
    ])
  expect(problems).toEqual([])
})

/** Keeps every length that the text of a card has had on the screen in its `data-lengths`. */
async function noteLengths(card: Locator): Promise<void> {
  await card.evaluate(element => {
    const lengths = new Set<number>()
    const { MutationObserver } = element.ownerDocument.defaultView
    new MutationObserver(() => {
      const text: string = element.querySelector('.markdown')?.textContent.trim() ?? ''
      if (text) lengths.add(text.length)
      element.setAttribute('data-lengths', [...lengths].join(' '))
    }).observe(element, { subtree: true, childList: true, characterData: true })
  })
}

testInBrowser('an answer is written out as it streams, and its state is told', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  const track = await api.card({ user: 'Alice' }, TEMPLATES.ai, { msgTitle: 'Story', flowStatus: '1' })
  const card = page.getByTestId('card')
  await card.locator('.card-waiting').waitFor()

  await noteLengths(card)
  const half = 'Once upon a time there was a bot that wrote slowly. '
  await api.stream(track, 'msgContent', half)
  await card.locator('[data-status=inputting]').waitFor()
  await card.locator('.markdown', { hasText: 'slowly.' }).waitFor()
  await api.stream(track, 'msgContent', `${half}And it finished.`, { isFinalize: true })
  await card.locator('.markdown', { hasText: 'finished.' }).waitFor()
  await expect.poll(() => card.getByTestId('card-status').count()).toBe(0)
  await expect.poll(async () => (await card.getAttribute('data-lengths'))?.split(' ').length).toBeGreaterThan(3)
})

testInBrowser('with less motion the text is there at once', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim, { reducedMotion: 'reduce' })
  await openChat(page, 'Alice')
  const track = await api.card({ user: 'Alice' }, TEMPLATES.ai, { msgTitle: 'Story', flowStatus: '1' })
  await noteLengths(page.getByTestId('card'))
  const text = 'x'.repeat(400)
  await api.stream(track, 'msgContent', text, { isFinalize: true })
  await page.getByText(text).waitFor()
  await expect.poll(() => page.getByTestId('card').getAttribute('data-lengths')).toBe('400')
})

testInBrowser('a click goes to the bot, waits, and its answer is in the card', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  let answer = () => {}
  const answered = new Promise<void>(resolve => {
    answer = resolve
  })
  const bot = await cardBot(sim, async () => {
    await answered
    return {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { status: '已同意' } },
    }
  })
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card({ user: 'Alice' }, TEMPLATES.approval, { title: 'Claim', amount: '10', status: '待处理' })
  await page.locator('[data-action=accept]').click()
  await page.locator('[data-testid=card-outcome][data-outcome=pending]').waitFor()
  answer()
  await page.getByTestId('card-verdict').getByText('已同意').waitFor()
  await page.locator('[data-testid=card-outcome][data-outcome=answered]').waitFor()
  expect(bot.heard).toEqual([{ actionIds: ['accept'], params: { action: 'accept' } }])
  await bot.stop()
})

testInBrowser('no bot, a card that calls nobody, no answer in time, and a bot that fails are told apart', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  const layout = JSON.stringify({ msgButtons: [{ text: 'Go', id: 'go', request: true }] })
  const press = async (title: string, outcome: string, more: object = {}) => {
    await api.card({ user: 'Alice' }, TEMPLATES.buttons, { title, sys_full_json_obj: layout }, more)
    const card = page.getByTestId('card').filter({ hasText: title })
    await card.getByRole('button', { name: 'Go' }).click()
    const shown = card.locator(`[data-testid=card-outcome][data-outcome=${outcome}]`)
    return shown
  }
  await (await press('Nobody', 'undelivered')).waitFor()
  await (await press('Deaf', 'silent', { callbackType: undefined })).waitFor()

  const bot = await cardBot(sim, () => ({}))
  sim.faults.push({ fault: 'lost' })
  const late = await press('Late', 'late')
  await page.locator('[data-outcome=pending]').waitFor()
  sim.clock.advance(2_000)
  await late.waitFor()
  await bot.stop()

  const wrong = await cardBot(sim, () => ({ cardData: 'not what it must be' }))
  await (await press('Wrong', 'failed')).waitFor()
  await wrong.stop()
})

testInBrowser('a form is checked, submitted in the shapes of the platform, and shows its result', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const bot = await cardBot(sim, ({ params }) => {
    const card_status = 'user_cancel' in params ? 'cancelled' : 'submitted'
    const cardData = { cardParamMap: { card_status } }
    return 'fromConfig' in params ? {} : { cardUpdateOptions: { updateCardDataByKey: true }, cardData }
  })
  const { page, problems } = await stage.open(sim, { viewport: { width: 1280, height: 1_400 } })
  await openChat(page, 'Alice')
  await api.card({ user: 'Alice' }, FORM_TEMPLATE_ID, formVariables())
  const form = page.getByTestId('card-form')
  await form.getByRole('button', { name: '提交' }).click()
  await expect.poll(() => form.locator(':invalid').count()).toBeGreaterThan(0)
  expect(bot.heard).toEqual([])

  await form.getByLabel('事由').fill('探亲')
  await form.getByLabel('天数').fill('2.5')
  await form.getByLabel('类型').selectOption('病假')
  await form.getByLabel('主管').check()
  await form.getByLabel('同组').check()
  await form.getByLabel('开始日期').fill('2026-12-01')
  // Each selection is told of, and is no answer.
  await expect.poll(() => bot.heard.length).toBe(3)
  for (const { actionIds, params } of bot.heard) {
    expect(actionIds).toEqual(['question-1'])
    expect(Object.keys(params)).toEqual(['fromConfig'])
  }
  await form.getByRole('button', { name: '提交' }).click()
  await page.getByTestId('card-verdict').getByText('Submitted').waitFor()
  expect(bot.heard.slice(3)).toEqual([
    {
      actionIds: ['question-1'],
      params: {
        form: {
          reason: '探亲',
          days: 2.5,
          kind: { index: 1, value: 'sick' },
          notify: { index: [0, 2], value: ['boss', 'team'] },
          from: '2026-12-01',
          urgent: false,
          version: 'v1',
        },
      },
    },
  ])
  await api.card({ user: 'Alice' }, FORM_TEMPLATE_ID, formVariables())
  await form.getByRole('button', { name: 'Cancel' }).click()
  await page.getByTestId('card-verdict').getByText('Cancelled').waitFor()
  expect(bot.heard.at(-1)).toEqual({ actionIds: ['question-1'], params: { user_cancel: 'true' } })
  expect(problems).toEqual([])
  await bot.stop()
})

testInBrowser('buttons from data and of a group are pressed as the platform tells of them', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const bot = await cardBot(sim, () => ({}))
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  const msgButtons = [
    { text: 'Go', id: 'go', request: true, params: { a: '1' } },
    { title: 'Undrawn', id: 'x' },
  ]
  await api.card({ user: 'Alice' }, TEMPLATES.buttons, { sys_full_json_obj: JSON.stringify({ msgButtons }) })
  const event = { type: 'sendCardRequest', params: { actionId: 'approval', params: { d: 'deny' } } }
  const btns = JSON.stringify([{ text: 'Deny', color: 'red', status: 'normal', event }])
  await api.card({ user: 'Alice' }, 'own.schema', { btns })
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect.poll(() => bot.heard.length).toBe(2)
  expect(bot.heard).toEqual([
    { actionIds: [expect.stringMatching(/^single_button_node_/)], params: { id: 'go', text: 'Go' } },
    { actionIds: ['approval0'], params: { d: 'deny' } },
  ])
  expect(await page.getByText('Undrawn').count()).toBe(0)
  await bot.stop()
})

testInBrowser('the pictures of a carousel are gone through', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim, { reducedMotion: 'reduce' })
  await openChat(page, 'Alice')
  const slides = ['One', 'Two', 'Three'].map(title => ({ title, image: 'https://example.com/a.png' }))
  await api.card({ user: 'Alice' }, TEMPLATES.ai, {
    msgTitle: 'Album',
    sys_full_json_obj: JSON.stringify({ msgSlider: slides }),
  })
  const strip = page.locator('.slider-strip')
  await page.getByRole('button', { name: 'Next picture' }).click()
  await page.waitForFunction("document.querySelector('.slider-strip').scrollLeft > 50")
  await page.getByRole('button', { name: 'Previous picture' }).click()
  await page.waitForFunction("document.querySelector('.slider-strip').scrollLeft === 0")
  await expect.poll(() => strip.locator('.slide-title').allTextContents()).toEqual(['One', 'Two', 'Three'])
})

testInBrowser('each member of a group sees their own values in a card', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const [alice, ding] = [sim.user('Alice'), sim.user('小钉')]
  const group = sim.group('开发群')
  const { page } = await stage.open(sim)
  await openChat(page, '开发群')
  const own = (title: string) => ({ cardParamMap: { title } })
  await api.card(
    { group },
    TEMPLATES.markdown,
    { title: 'For all', markdown: 'x' },
    {
      privateData: { [alice.userId]: own('For Alice'), [ding.userId]: own('For 小钉') },
    },
  )
  const title = page.getByTestId('card').locator('.card-title')
  await title.getByText('For 小钉').waitFor()
  await page.getByTestId('composer-speaker').selectOption('Alice')
  await title.getByText('For Alice').waitFor()
})

testInBrowser('a button that only the real card has can be pressed by hand', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const bot = await cardBot(sim, () => ({
    cardUpdateOptions: { updateCardDataByKey: true },
    cardData: { cardParamMap: { count: '4' } },
  }))
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.card({ user: 'Alice' }, 'own.schema', { count: '3' })
  await page.getByText('Press a button of it').click()
  await page.getByTestId('press-action').fill('vote')
  await page.getByTestId('press-params').fill('{ "level": "2" }')
  await page.getByTestId('press-send').click()
  await page.getByRole('cell', { name: '4' }).waitFor()
  expect(bot.heard).toEqual([{ actionIds: ['vote'], params: { level: '2' } }])
  await bot.stop()
})
