import { describe, expect, test } from 'vitest'
import { chineseRows, programAfter, programBefore, rows, wholeBots } from './migrate/node-rows.ts'
import { playAfter, playBefore } from './migrate/node-run.ts'
import { cases, type NodeScenario } from './migrate/node-scenarios.ts'

/** Milliseconds; each row starts a process. */
const PATIENCE = { timeout: 60_000 }

describe('the guide for those who come from the Node SDK', () => {
  test('shows a bot that does the same before and after', PATIENCE, async () => {
    const [old = '', now = ''] = wholeBots
    const echo: NodeScenario = async ({ sim }) => {
      const { content } = await (await sim.user('Alice').in(sim.group('Team')).say('hi')).reply()
      return content
    }
    const seen = [await playBefore(old, echo), await playAfter(`${now}\nexport { bot }\n`, echo)]
    expect(seen).toEqual([1, 2].map(() => ({ kind: 'text', text: 'echo: hi' })))
  })

  // Rows 1 and 8 make the bot and connect it, in every other row.
  test.each(rows.filter(({ number }) => ![1, 8].includes(number)))(
    'does the same before and after in row $number',
    PATIENCE,
    async ({ number, before: old, after: now, isInHandler }) => {
      const row = cases[number]
      if (!row) throw new Error('There is no scenario for this row: add one in tests/migrate/node-scenarios.ts')
      const wasBefore = await playBefore(programBefore(row.byHand ?? old, isInHandler), row.play)
      expect(wasBefore).toEqual(row.expected)
      expect(await playAfter(programAfter(now, isInHandler), row.play)).toEqual(wasBefore)
    },
  )

  test('numbers its rows without a gap, and has a scenario for nothing else', () => {
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_row, index) => index + 1))
    expect([1, 8, ...Object.keys(cases).map(Number)].toSorted((one, other) => one - other)).toHaveLength(rows.length)
  })

  test('shows the same code in Chinese', () => {
    expect(chineseRows).toEqual(rows)
  })
})
