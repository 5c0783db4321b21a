import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What it costs to start a program. */
export interface Start {
  /** Milliseconds from the first import to a bot that could be started. */
  readonly ms: number
  /** CPU time of the same, in milliseconds; on a busy machine it says more. */
  readonly cpuMs: number
  /** Resident memory of the process afterwards, in MiB. */
  readonly residentMiB: number
}

/** A bot with one handler. */
export const DINGWARE = `
const { createBot } = await import('@dingware/core')
createBot({ clientId: 'dingbench', clientSecret: 'not-a-secret' }).on('chatbot:text', () => {})
`

/** The same with the official client, which is published for both module systems. */
export const OFFICIAL_IMPORT = `
const { DWClient, TOPIC_ROBOT } = await import('dingtalk-stream')
new DWClient({ clientId: 'dingbench', clientSecret: 'not-a-secret' }).registerCallbackListener(TOPIC_ROBOT, () => {})
`
export const OFFICIAL_REQUIRE = OFFICIAL_IMPORT.replace('await import(', 'require(')

const BEFORE = 'const cpu = process.cpuUsage(); const start = performance.now();'
const AFTER = `
const ms = performance.now() - start
const { user, system } = process.cpuUsage(cpu)
const residentMiB = process.memoryUsage.rss() / 2 ** 20
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, residentMiB }))
process.exit()
`

/** Runs a program in a fresh process. */
export async function measureStart(folder: string, program: string): Promise<Start> {
  const type = program.includes('require(') ? 'commonjs' : 'module'
  const args = [`--input-type=${type}`, '--eval', BEFORE + program + AFTER]
  const { stdout } = await run(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH } })
  return JSON.parse(stdout)
}
