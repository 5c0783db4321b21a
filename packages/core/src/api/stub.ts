import type { ApiCall } from './api-call.ts'

/** Answers in the platform's place: with a body, or by throwing. */
export type Stub = (call: ApiCall) => Promise<unknown>

/** For the test kit: puts a stub where the network was. */
export const STUB: unique symbol = Symbol.for('dingware.stub')

export interface Stubbable {
  readonly [STUB]: (stub: Stub) => void
}

/** The token of an app that never asks for one. */
export const STUB_TOKEN = 'test-token'

/** The robot of an app that has no clientId either. */
export const STUB_ROBOT = 'test-robot'
