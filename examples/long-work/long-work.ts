/**
 * Work that takes minutes. The bot hands it over and is done; a worker, in this process or on another machine, does it
 * and answers by the API: by then the session webhook of the message may be too old.
 */
import { createBot, type Target } from '@dingware/core'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'

interface Report {
  readonly topic: string
  /** Where the answer goes. */
  readonly target: Target
}

const connect = (): Redis =>
  new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', { maxRetriesPerRequest: null })

export const bot = createBot()
const connections = [connect(), connect()] as const
const reports = new Queue<Report>('reports', { connection: connections[0] })

bot.command('report', async ctx => {
  const { chat, from } = ctx
  const target = chat?.type === 'group' ? { group: chat.id } : from?.staffId && { users: from.staffId }
  if (!target) {
    await ctx.replyText('I do not know where to send it.')
    return
  }
  // The same message, should it come twice, is one job.
  await reports.add('report', { topic: ctx.args, target }, { jobId: ctx.message.msgId, attempts: 3 })
  await ctx.replyText('That takes a while. I will write when it is done.')
})

/** Does the work. In earnest a program of its own, with `createBot().api` to answer. */
export const worker = new Worker<Report>(
  'reports',
  async ({ data: { topic, target } }) => {
    const text = await writeReport(topic)
    await bot.api.send(target, { msgtype: 'markdown', title: topic, text })
  },
  { connection: connections[1], concurrency: 4 },
)

async function writeReport(topic: string): Promise<string> {
  await new Promise(resolve => setTimeout(resolve, 100))
  return `# ${topic}\n\nAll is well.`
}

bot.onStop(async () => {
  // Waits for the jobs that run; what waits is done by the next worker.
  await worker.close()
  await reports.close()
  for (const connection of connections) connection.disconnect()
})
