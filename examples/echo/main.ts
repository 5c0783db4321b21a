import { run } from '@dingware/core'
import { bot } from './echo.ts'

await run(bot)
