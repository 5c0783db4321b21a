import type { Simulator } from '@dingware/simulator'
import { afterAll, beforeAll } from 'vitest'
import { compileShim, type Shim } from '../../packages/simulator/src/testing/shim.ts'
import { type Child, startChild } from '../support/child.ts'

let shim: Shim

beforeAll(async () => {
  shim = await compileShim()
})

afterAll(() => shim[Symbol.asyncDispose]())

/** Runs a file of the official client as the guide says: untouched, with the shim in front that leads it to the simulator. */
export function startOldBot(sim: Simulator, file: string, clientSecret: string = sim.clientSecret): Child {
  return startChild(process.execPath, ['--import', shim.file, file], {
    env: {
      PATH: process.env.PATH,
      ...sim.environment,
      DINGTALK_CLIENT_ID: sim.clientId,
      DINGTALK_CLIENT_SECRET: clientSecret,
    },
  })
}
