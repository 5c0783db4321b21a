import type { ApiCall } from './api-call.ts'

/** Answers calls in place of the platform, with a body or by throwing. */
export type Stub = (call: ApiCall) => Promise<unknown>

/** Method by which the test kit replaces the network. */
export const STUB: unique symbol = Symbol.for('dingware.stub')

export interface Stubbable {
  readonly [STUB]: (stub: Stub) => void
}

/** Access token of an app under test. */
export const STUB_TOKEN = 'test-token'

/** Robot code of an app under test without a clientId. */
export const STUB_ROBOT = 'test-robot'
