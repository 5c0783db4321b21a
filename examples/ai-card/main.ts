import { run } from '@dingware/core'
import { bot } from './ai-card.ts'

await run(bot)
