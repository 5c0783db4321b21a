import { run } from '@dingware/core'
import { bot } from './cpu-work.ts'

await run(bot)
