import { createSimulator, type Simulator } from '@dingware/simulator'
import type { Page } from 'playwright-core'
import { ensurePage } from '../../scripts/page.ts'
import { launchBrowser } from '../../tests/support/browser.ts'
import { collectGarbage } from '../lib/garbage.ts'
import { summarize } from '../lib/statistics.ts'
import { formatNumber, formatSummary, printTable, verdict } from '../lib/table.ts'
import { fill } from './fill.ts'

const MESSAGES = 10_000
const MB = 1024 * 1024
/** Milliseconds of a frame at 60 a second, and of one that the eye sees as a hitch. */
const [FRAME, HITCH] = [1_000 / 60, 50]

/** What a chat of 10,000 messages costs: to open, to scroll through, and in the simulator's memory. */
export async function run(): Promise<void> {
  await ensurePage()
  await using sim = await createSimulator()
  console.log(`\nPage: a chat of ${formatNumber(MESSAGES, 0)} messages, a third each text, markdown and cards.\n`)
  const memory = await measureMemory(sim)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const opened = await open(page, sim)
    await page.locator(`.message[aria-setsize="${MESSAGES}"]`).first().waitFor()
    const rows = await page.locator('.message').count()
    const wheel = await scroll(page, 120)
    const fling = await scroll(page, 2_000)
    printTable(
      ['scrolling', 'frame ms, median (all)', '95th', 'over 50 ms'],
      [
        ['120 px a frame', ...row(wheel)],
        ['2,000 px a frame', ...row(fling)],
      ],
    )
    console.log()
    verdict('opened and drawn within 3,000 ms', opened <= 3_000, opened)
    verdict('messages in the document: under 100', rows < 100, rows)
    verdict('95 % of frames within 34 ms', percentile(wheel, 0.95) <= 2 * FRAME + 1, percentile(wheel, 0.95), 1)
    verdict('MB that 10,000 more messages add', memory.second - memory.first <= 30, memory.second - memory.first)
  } finally {
    await browser.close()
  }
}

async function measureMemory(sim: Simulator): Promise<{ readonly first: number; readonly second: number }> {
  await fill(sim, MESSAGES)
  const first = heap()
  await fill(sim, MESSAGES)
  const second = heap()
  console.log(
    `  Heap of the simulator: ${first.toFixed(0)} MB with ${MESSAGES} messages, ${second.toFixed(0)} MB after twice as many.\n`,
  )
  return { first, second }
}

function heap(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / MB
}

/** Milliseconds from the navigation to the frame that shows the newest messages, by the clock of the browser. */
async function open(page: Page, sim: Simulator): Promise<number> {
  await page.addInitScript(`window.drawn = new Promise(done => {
    const look = () => document.querySelector('.message') === null
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => done(performance.now()))
    requestAnimationFrame(look)
  })`)
  await page.goto(sim.url)
  return page.evaluate<number>('drawn')
}

/** Scrolls to the top and back down by so many pixels a frame, for 300 frames; milliseconds of each. */
function scroll(page: Page, step: number): Promise<number[]> {
  return page.evaluate<number[]>(`new Promise(done => {
    const log = document.querySelector('.log')
    const times = []
    let last = performance.now()
    const frame = now => {
      times.push(now - last)
      last = now
      if (times.length > 300) return done(times.slice(1))
      log.scrollTop += times.length < 150 ? -${step} : ${step}
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })`)
}

function row(times: readonly number[]): string[] {
  const hitches = times.filter(time => time > HITCH).length
  return [formatSummary(summarize(times), 1), formatNumber(percentile(times, 0.95), 1), String(hitches)]
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
