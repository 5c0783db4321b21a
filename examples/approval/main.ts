import { createBot, memoryStore } from '@dingware/core'
import { addApprovals } from './approval.ts'

// With lmdbStore() or redisStore() approvals outlive the process.
const store = memoryStore()
await addApprovals(createBot({ store }), store).start()
