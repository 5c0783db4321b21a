// An instance of a bot in a process of its own. Appends to a file when the handling of a message begins and ends: a line
// is one write, so it is there even when this process is killed right after, and the lines of all instances are in order.
import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBot, inbox, lmdbStore, run } from '@dingware/core'
import { Redis } from 'ioredis'

const { JOURNAL = '', REDIS, LMDB, WORK = '20', KEEP_TIMEOUT, STOP_TIMEOUT = '10000' } = process.env
const journal = openSync(JOURNAL, 'a')
const note = (what: string, text: string): void => void writeSync(journal, `${what} ${process.pid} ${text}\n`)

const redis = REDIS ? new Redis(REDIS).on('error', () => {}) : undefined
const store = LMDB ? lmdbStore({ path: LMDB }) : undefined

const bot = createBot({ store }).use(inbox({ redis, ...(KEEP_TIMEOUT ? { keepTimeout: Number(KEEP_TIMEOUT) } : {}) }))
bot.onState(state => console.log(state))
bot.on('chatbot:text', async ctx => {
  note('start', ctx.text)
  await sleep(Number(WORK), undefined, { signal: ctx.signal })
  note('end', ctx.text)
})

await run(bot, { timeout: Number(STOP_TIMEOUT) })
redis?.disconnect()
await store?.close()
