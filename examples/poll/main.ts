import { createBot, memoryStore } from '@dingware/core'
import { addPolls } from './poll.ts'

const store = memoryStore()
await addPolls(createBot({ store }), store).start()
