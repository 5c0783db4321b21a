import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Bot } from '@dingware/core'
import { createSimulator } from '@dingware/simulator'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cards } from './migrate/cards.ts'
import { connecting } from './migrate/connecting.ts'
import { handling } from './migrate/handling.ts'
import { messages } from './migrate/messages.ts'
import { operation } from './migrate/operation.ts'
import { platform } from './migrate/platform.ts'
import type { Exports, Scenario, Scenarios } from './migrate/stage.ts'

const guide = fileURLToPath(new URL('../docs/guide/migrate-from-python', import.meta.url))
const snippets = fileURLToPath(new URL('.snippets', import.meta.url))
const scenarios: Scenarios = { ...connecting, ...platform, ...handling, ...messages, ...cards, ...operation }

interface Block {
  /** Such as `9 12`. */
  readonly rows: string
  readonly source: string
}

const [english, chinese] = await Promise.all(['.md', '.zh-CN.md'].map(end => readFile(guide + end, 'utf8')))

function blocksOf(page = ''): Block[] {
  const blocks = page.matchAll(/<!-- rows? ([\d ]+) -->\n```ts\n(.*?)```/gs)
  return [...blocks].map(([, rows = '', source = '']) => ({ rows, source }))
}

/** The rows of the tables: their number, and what they say of dingware. */
function tableOf(page = ''): Map<string, string> {
  return new Map([...page.matchAll(/^\| (\d+) \|.*\| (.*) \|$/gm)].map(([, row = '', here = '']) => [row, here]))
}

/** Comments say the same in another language. */
function withoutComments(source: string): string {
  return source
    .split('\n')
    .filter(line => !/^\s*(\/\*\*.*\*\/|\/\/.*)$/.test(line))
    .map(line => line.replace(/ \/\/ .*$/, ''))
    .join('\n')
}

let folder = ''

beforeAll(async () => {
  await mkdir(snippets, { recursive: true })
  folder = await mkdtemp(`${snippets}/run-`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  // Another run may have its own in there.
  await rmdir(snippets).catch(() => {})
})

const blocks = blocksOf(english)
const cases = blocks.map((block, index) => {
  const before = blocks.slice(0, index).filter(({ rows }) => rows === block.rows).length
  return { ...block, index, scenario: scenarios[block.rows]?.[before] }
})

describe('the guide for those who come from the Python SDK', () => {
  test.each(cases)('does what it says in row(s) $rows, block $index', async ({ source, index, scenario }) => {
    if (!scenario) throw new Error('There is no scenario for this block: add one in tests/migrate')
    await play(source, index, scenario)
  })

  test('has every row, and a block that runs for each that exists', () => {
    const rows = numbers(1, 36)
    const table = tableOf(english)
    expect([...table.keys()].toSorted((one, other) => Number(one) - Number(other))).toEqual(rows)
    const missing = rows.filter(row => table.get(row)?.startsWith('not yet'))
    const shown = new Set(blocks.flatMap(block => block.rows.split(' ')))
    expect(rows.filter(row => !shown.has(row))).toEqual(missing)
  })

  test('has a block for each scenario, and no block without its rows', () => {
    const perRows = Object.fromEntries(Object.entries(scenarios).map(([rows, list]) => [rows, list.length]))
    const shown: Record<string, number> = {}
    for (const { rows } of blocks) shown[rows] = (shown[rows] ?? 0) + 1
    expect(shown).toEqual(perRows)
    expect(english?.match(/```ts\n/g)).toHaveLength(blocks.length)
  })

  test('shows the same code and the same rows in Chinese', () => {
    const codeOf = (page: string | undefined) =>
      blocksOf(page).map(({ rows, source }) => ({ rows, source: withoutComments(source) }))
    expect(codeOf(chinese)).toEqual(codeOf(english))
    expect([...tableOf(chinese).keys()]).toEqual([...tableOf(english).keys()])
  })
})

function numbers(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
}

async function play(source: string, index: number, scenario: Scenario): Promise<void> {
  await using sim = await createSimulator()
  for (const [name, value] of Object.entries(sim.environment)) vi.stubEnv(name, value)
  const [, made] = /^const (bot|client) = /m.exec(source) ?? []
  const file = `${folder}/${index}.ts`
  await writeFile(file, `${source}\nexport { ${made} }\n`)
  let loading: Promise<Exports> | undefined
  const load = (): Promise<Exports> => {
    loading ??= import(/* @vite-ignore */ file)
    return loading
  }

  try {
    await scenario({
      sim,
      load,
      async start() {
        const exports = await load()
        const { bot } = exports
        if (!bot) throw new Error('The snippet declares no bot')
        if (bot.state === 'idle') await bot.start()
        return { ...exports, bot }
      },
    })
    expect(sim.violations).toEqual([])
  } finally {
    const { bot, client } = (await loading) ?? {}
    await (bot ?? (client as Pick<Bot, 'stop'> | undefined))?.stop()
  }
}
