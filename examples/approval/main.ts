import { createBot, memoryStore, run } from '@dingware/core'
import { addApprovals } from './approval.ts'

// With lmdbStore() or redisStore() approvals outlive the process.
const store = memoryStore()
await run(addApprovals(createBot({ store }), store))
