import { createBot } from '@dingware/core'
import { serveTasks } from '../lib/worker.ts'
import { openBare } from '../transport/clients/bare.ts'
import { messagesRead, readText } from '../transport/clients/client.ts'
import { openOfficial } from '../transport/clients/official.ts'

export interface Usage {
  /** Of the process, its garbage collector included. */
  readonly cpuMicros: number
  readonly messagesRead: number
  /** Resident memory, in MB. */
  readonly residentMB: number
}

/** The process of a client whose cost is measured. It keeps its connection until it ends. */
export type ClientTasks = {
  readonly open: (options: {
    readonly client: ClientName
    readonly url: string
    readonly layers?: number
  }) => Promise<void>
  readonly usage: () => Usage
}

export type ClientName = 'bare' | 'official' | 'bot'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

/** The whole bot with one handler, as the readme begins, behind as many layers that only call the next. */
async function openBot(url: string, layers: number): Promise<void> {
  const bot = createBot({
    clientId: 'dingbench',
    clientSecret: 'not-a-secret',
    endpoint: url,
    oapiEndpoint: url,
    logger: quiet,
  })
  for (let layer = 0; layer < layers; layer++) bot.use((_ctx, next) => next())
  bot.on('chatbot:text', ctx => readText({ msgId: '', text: { content: ctx.text } }))
  await bot.start()
}

// Garbage is collected when the process does so: it has only its own, and nobody else pays for it.
function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system, messagesRead: messagesRead(), residentMB: process.memoryUsage.rss() / 1e6 }
}

const tasks: ClientTasks = {
  async open({ client, url, layers = 0 }) {
    if (client === 'bare') await openBare(url)
    else if (client === 'official') await openOfficial(url)
    else await openBot(url, layers)
  },
  usage,
}
serveTasks(tasks)
