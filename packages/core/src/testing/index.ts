/** The test kit: `import { testBot } from '@dingware/core/testing'`. */
export type { Mock } from './mocks.ts'
export type { Person } from './payloads.ts'
export { type Actor, type TestBot, type TestReply, type Turn, testBot } from './test-bot.ts'
