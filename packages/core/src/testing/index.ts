/** The test kit: `import { testBot } from '@dingware/core/testing'`. */
export type { CardButton } from './card-buttons.ts'
export type { Mock } from './mocks.ts'
export type { Person } from './payloads.ts'
export type { TestCard, TestReply } from './replies.ts'
export { type Actor, type CardReference, type TestBot, type Turn, testBot } from './test-bot.ts'
