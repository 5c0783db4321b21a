import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const guide = fileURLToPath(new URL('../../docs/guide/migrate-from-node', import.meta.url))

/** A row of the tables in the guide for those who come from the Node SDK. */
export interface Row {
  readonly number: number
  /** Code of the official client; `''` where the cell is prose. */
  readonly before: string
  /** The same with dingware. */
  readonly after: string
  /** Whether both stand in a handler of messages. */
  readonly isInHandler: boolean
}

const pages = await Promise.all(['.md', '.zh-CN.md'].map(end => readFile(guide + end, 'utf8')))

/** The rows as the page has them: English first, then Chinese. */
export const [rows = [], chineseRows = []] = pages.map(rowsOf)

/** The whole bots at the top of the page, before and after. */
export const wholeBots: readonly string[] = [...(pages[0] ?? '').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, source = '']) => source,
)

function rowsOf(page: string): Row[] {
  const border = page.indexOf('<!-- in a handler -->')
  return [...page.matchAll(/^\| (\d+) \| (.*) \| (.*) \|$/gm)].map(({ index, 1: number, 2: before, 3: after }) => ({
    number: Number(number),
    before: codeOf(before),
    after: codeOf(after),
    isInHandler: index > border,
  }))
}

/** The lines of a cell that is nothing but code. */
function codeOf(cell = ''): string {
  const lines = cell.split('<br>').map(line => /^`([^`]*)`$/.exec(line)?.[1])
  return lines.includes(undefined) ? '' : lines.join('\n')
}

const credential = `
const clientId = process.env.DINGTALK_CLIENT_ID ?? ''
const clientSecret = process.env.DINGTALK_CLIENT_SECRET ?? ''
`

/** The program around code of the official client. */
export function programBefore(code: string, isInHandler: boolean): string {
  const answer = codeOfRow(10).before
  const handler = `
client.registerCallbackListener(TOPIC_ROBOT, async ({ headers, data }) => {
  const message = JSON.parse(data)
  ${code.includes(answer) ? '' : answer}
  ${code}
})`
  return `
import axios from 'axios'
import { DWClient, EventAck, TOPIC_AI_GRAPH_API, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream'
${credential}
${codeOfRow(1).before}
${isInHandler ? handler : code}
${codeOfRow(8).before}
`
}

/** The program around code of dingware. */
export function programAfter(code: string, isInHandler: boolean): string {
  return `
import { cards } from '@dingware/cards'
import { createBot, graphResponse } from '@dingware/core'
${credential}
export ${codeOfRow(1).after}
${isInHandler ? `bot.on('chatbot', async ctx => {\n${code}\n})` : code}
${codeOfRow(8).after}
`
}

function codeOfRow(number: number): Row {
  const row = rows.find(one => one.number === number)
  if (!row) throw new Error(`The guide has no row ${number}, which the others stand on`)
  return row
}
