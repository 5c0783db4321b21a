/** The test kit: `import { testBot } from '@dingware/core/testing'`. */
export type { CardButton } from './card-buttons.ts'
export type { CardReference, Feedback, Hands, SubmitOptions } from './hands.ts'
export type { Mock } from './mocks.ts'
export type { Person, SayOptions } from './payloads.ts'
export type { TestCard, TestReply } from './replies.ts'
export type { TestSwitches } from './switches.ts'
export { type Actor, type TestBot, testBot } from './test-bot.ts'
export type { Turn } from './turn.ts'
