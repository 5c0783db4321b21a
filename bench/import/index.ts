import { type Figure, fixed } from '../lib/figure.ts'
import { measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import { type Installed, install } from './installed.ts'
import { DINGWARE, measureStart, OFFICIAL_IMPORT, OFFICIAL_REQUIRE, type Start } from './start.ts'

const ROUNDS = 21

/** What it costs to install and to import a bot, beside the official client. */
export async function run(): Promise<Figure[]> {
  await using installations = await install()
  const { dingware, cards, official } = installations
  console.log(`\nImport and install: a bot with one handler, in fresh processes, ${ROUNDS} rounds\n`)
  const contenders = [
    { name: 'dingware', measure: () => measureStart(dingware.folder, DINGWARE) },
    { name: 'dingtalk-stream, import', measure: () => measureStart(official.folder, OFFICIAL_IMPORT) },
    { name: 'dingtalk-stream, require', measure: () => measureStart(official.folder, OFFICIAL_REQUIRE) },
  ]
  // What is read for the first time is read from the disk.
  for (const { measure } of contenders) await measure()
  const lanes = await measureInTurns(ROUNDS, contenders)
  printTable(
    ['median (min–max)', 'ms', 'CPU ms', 'MiB resident'],
    lanes.map((lane, index) => [
      contenders[index]?.name ?? '',
      ...FIGURES.map(it => formatSummary(summarize(column(lane, it)), 1)),
    ]),
  )
  console.log()
  printInstalled({ 'dingware, without cards': dingware, 'dingware, with cards': cards, 'dingtalk-stream': official })
  judge(lanes, dingware)
  return figuresOf(lanes, dingware, official)
}

function figuresOf(lanes: readonly Start[][], dingware: Installed, official: Installed): Figure[] {
  const [ours = [], imported = []] = lanes
  const of = (figure: keyof Start): Figure['values'] => ({
    'dingtalk-stream': summarize(column(imported, figure)),
    dingware: summarize(column(ours, figure)),
  })
  return [
    { name: 'Import', unit: 'ms', values: of('ms') },
    { name: 'Memory after import', unit: 'MiB', values: of('residentMiB') },
    {
      name: 'Installed',
      unit: 'packages',
      values: { 'dingtalk-stream': fixed(official.packages), dingware: fixed(dingware.packages) },
    },
    {
      name: 'Installed size',
      unit: 'MiB',
      digits: 1,
      values: { 'dingtalk-stream': fixed(official.mebibytes), dingware: fixed(dingware.mebibytes) },
    },
  ]
}

const FIGURES = ['ms', 'cpuMs', 'residentMiB'] as const
const column = (lane: readonly Start[], figure: keyof Start): number[] => lane.map(it => it[figure])

function printInstalled(all: Readonly<Record<string, Installed>>): void {
  printTable(
    ['installed', 'packages', 'MiB'],
    Object.entries(all).map(([name, { packages, mebibytes }]) => [name, `${packages}`, mebibytes.toFixed(1)]),
  )
}

function judge([bot = [], imported = []]: readonly Start[][], { packages, mebibytes }: Installed): void {
  const against = (figure: keyof Start): number =>
    summarize(ratios(column(bot, figure), column(imported, figure))).median
  const [time, cpu, memory] = [against('ms'), against('cpuMs'), against('residentMiB')]
  console.log('\n  dingware against the import of dingtalk-stream, round by round\n')
  verdict('import ≤ 1.0 ×', time <= 1, time, 2)
  verdict('CPU of it ≤ 1.0 ×', cpu <= 1, cpu, 2)
  verdict('resident after import ≤ 1.05 ×', memory <= 1.05, memory, 2)
  verdict('packages ≤ 22', packages <= 22, packages)
  verdict('MiB ≤ 8', mebibytes <= 8, mebibytes, 1)
}
