import { run } from '@dingware/core'
import { bot } from './long-work.ts'

await run(bot, { timeout: 60_000 })
