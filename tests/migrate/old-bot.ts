import type { Simulator } from '@dingware/simulator'
import { type Child, FROM_SOURCE, startChild } from '../support/child.ts'

/** Runs a file of the official client as the guide says: untouched, with the shim in front that leads it to the simulator. */
export function startOldBot(sim: Simulator, file: string, clientSecret: string = sim.clientSecret): Child {
  // The shim as it stands in the sources, which need tsx and the condition.
  return startChild(process.execPath, [...FROM_SOURCE, '--import', '@dingware/simulator/register', file], {
    env: {
      PATH: process.env.PATH,
      ...sim.environment,
      DINGTALK_CLIENT_ID: sim.clientId,
      DINGTALK_CLIENT_SECRET: clientSecret,
    },
  })
}
