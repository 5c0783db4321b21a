import { createBot, memoryStore, run } from '@dingware/core'
import { addPolls } from './poll.ts'

const store = memoryStore()
await run(addPolls(createBot({ store }), store))
