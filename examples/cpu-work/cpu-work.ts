/**
 * Work that keeps a processor busy. In a handler it would hold up everything else, answers to the platform included; in
 * a pool of threads that is kept, the bot goes on meanwhile.
 */
import { createBot } from '@dingware/core'
import { Tinypool } from 'tinypool'

const pool = new Tinypool({
  filename: new URL('./primes.js', import.meta.url).href,
  minThreads: 1,
  maxThreads: 2,
  // What waits beyond that is refused, so that a flood does not fill the memory.
  maxQueue: 100,
})

export const bot = createBot()

bot.command('primes', async ctx => {
  const limit = Math.min(Number(ctx.args) || 1_000, 50_000_000)
  // Aborted when the bot stops and its patience has ended: the thread ends as well.
  const count: number = await pool.run(limit, { signal: ctx.signal })
  await ctx.replyText(`There are ${count} primes below ${limit}.`)
})

bot.command('ping', ctx => ctx.replyText('pong'))

bot.onStop(() => pool.destroy())
