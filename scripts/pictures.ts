/**
 * `pnpm pictures`: takes the pictures of the readme from the running page, in both languages, light and dark, and puts
 * them into docs/pictures.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { cards } from '@dingware/cards'
import { createBot } from '@dingware/core'
import { createSimulator, type Simulator } from '@dingware/simulator'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../tests/support/browser.ts'
import { ensurePage } from './page.ts'

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

/** What is said in the pictures. The answer stops where the last `|` stands, and goes on when the picture is taken. */
const scripts = {
  zh: {
    locale: 'zh-CN',
    nick: '小钉',
    hello: '你好',
    question: '把发布前要做的事整理一下',
    title: '发布助手',
    answer:
      '### 发布清单\n\n1. 冻结 `main` 分支\n2. 跑完 **全部** 测试\n3. 灰度 5%，观察十分钟\n\n| 环节 | 负责 | 状态 |\n| --- | --- | --- |\n| 测试 | 小钉 | 完成 |\n| 灰度 | 值班 | 进行中 |\n\n> 出现异常时先回滚，再|找原因。',
    late: '最近一次发布是什么时候？',
  },
  en: {
    locale: 'en',
    nick: 'Alice',
    hello: 'Hi',
    question: 'List what has to be done before the release',
    title: 'Release assistant',
    answer:
      '### Before the release\n\n1. Freeze `main`\n2. Run **all** tests\n3. Roll out to 5 %, and watch for ten minutes\n\n| step | who | state |\n| --- | --- | --- |\n| Tests | Alice | done |\n| Rollout | on call | running |\n\n> When something looks odd, roll back first,| then look for the cause.',
    late: 'When was the last release?',
  },
} as const

type Script = (typeof scripts)[keyof typeof scripts]

/** A bot that writes until the `|`, and waits there for `goOn`. */
async function startBot(sim: Simulator, script: Script, goOn: Promise<void>): Promise<{ stop(): Promise<void> }> {
  const { clientId, clientSecret, url } = sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url }).use(cards())
  async function* model(): AsyncIterable<string> {
    const [before = '', after = ''] = splitAtLast(script.answer, '|')
    yield before
    await goOn
    yield after
  }
  bot.on('chatbot:text', async ctx => {
    if (ctx.text !== script.question) await ctx.replyText(ctx.text)
    else await ctx.aiCard({ title: script.title }).stream(model())
  })
  await bot.start()
  return bot
}

function splitAtLast(text: string, mark: string): readonly [string, string] {
  const at = text.lastIndexOf(mark)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** One language: the card while it is written, then what went over the wire for it. */
async function takeAll(browser: Browser, language: keyof typeof scripts): Promise<void> {
  const script = scripts[language]
  const sim = await createSimulator({ botName: 'Dingware', switches: { webhookPerMinute: 20 } })
  sim.quota.api.limit = 5_000
  sim.quota.api.used = 1_204
  sim.quota.push.limit = 3_000
  sim.quota.push.used = 412
  let goOn = () => {}
  const bot = await startBot(sim, script, new Promise(resolve => (goOn = resolve)))
  const user = sim.user(script.nick)
  await (await user.say(script.hello)).reply()
  await (await user.say(script.question)).reply()
  await sim.until(() => [...sim.cards.values()].some(({ status }) => status === 'inputting'))

  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ locale: script.locale, colorScheme, deviceScaleFactor: 1.5 })
    const page = await context.newPage()
    await openChat(page, sim, script.nick, { width: 1_000, height: 640 })
    // The typewriter has to have caught up.
    await page.locator('blockquote').waitFor()
    await page.screenshot({ path: `${folder}card.${language}.${colorScheme}.png` })
    await context.close()
  }

  goOn()
  await sim.until(() => [...sim.cards.values()].some(({ status }) => status === 'finished'))
  sim.faults.api({ path: '/robot/sendBySession', fault: 'serverError' })
  await user.say(script.late)
  await sim.until(() => sim.calls.filter(({ path }) => path === '/robot/sendBySession').length > 1)
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ locale: script.locale, colorScheme, deviceScaleFactor: 1.25 })
    const page = await context.newPage()
    await openChat(page, sim, script.nick, { width: 1_360, height: 840 })
    await page.locator('[data-testid=inspector-entry][data-kind=call][data-state=failed]').click()
    await page.getByTestId('copy-curl').waitFor()
    await page.screenshot({ path: `${folder}inspector.${language}.${colorScheme}.png` })
    await context.close()
  }
  await bot.stop()
  await sim.close()
}

async function openChat(page: Page, sim: Simulator, nick: string, viewport: { width: number; height: number }) {
  await page.setViewportSize(viewport)
  await page.goto(sim.url)
  await page.locator('.conversation', { hasText: nick }).first().click()
  await page.locator('.chat-title', { hasText: nick }).waitFor()
}

await ensurePage()
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
for (const language of ['zh', 'en'] as const) await takeAll(browser, language)
await browser.close()
