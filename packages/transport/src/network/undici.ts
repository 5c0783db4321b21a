/// <reference path="./undici-parts.d.ts" />
import type { Agent, buildConnector } from 'undici'
import { DingTalkError } from '../errors/errors.ts'

// This file is the only one that loads undici, when a pool is first needed: it takes long, and a bot may be made long
// before its first call. It does so by files, because Bun replaces the package by a stub that has neither `dispatch` nor
// connectors, but not its files.

/** The parts of undici that pools are made of. */
export interface Undici {
  readonly Agent: typeof Agent
  readonly buildConnector: typeof buildConnector
}

/**
 * Loads them.
 *
 * @throws DingTalkError `ERR_NOT_INSTALLED` if they are not there.
 */
export async function loadUndici(): Promise<Undici> {
  try {
    return await loadParts()
  } catch {
    // Their places are not promised to stay.
    return await loadWhole()
  }
}

/** Half of the memory and a quarter of the time of the whole, most of which is fetch. */
async function loadParts(): Promise<Undici> {
  const [agent, connect] = await Promise.all([
    import('undici/lib/dispatcher/agent.js'),
    import('undici/lib/core/connect.js'),
  ])
  return { Agent: agent.default, buildConnector: connect.default }
}

async function loadWhole(): Promise<Undici> {
  try {
    return await import('undici/index.js')
  } catch (cause) {
    const message = 'undici could not be loaded, so nothing can be sent. Install the packages anew.'
    throw new DingTalkError(message, { code: 'ERR_NOT_INSTALLED', cause })
  }
}
