import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Simulator } from '../simulator.ts'

/** A recording to a file. */
export interface Recording {
  /** Ends it; resolves when everything is in the file. */
  end(): Promise<void>
}

/**
 * Writes every frame and call to a file, one JSON a line, in the order in which they happened. Rejects when the file
 * cannot be written.
 */
export async function record(sim: Pick<Simulator, 'on'>, path: string): Promise<Recording> {
  // Secrets are in it: nobody else may read it.
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  await new Promise((resolve, reject) => {
    file.once('open', resolve)
    file.once('error', reject)
  })
  file.on('error', error => process.stderr.write(`dingware-simulator: ${path}: ${error.message}\n`))
  const off = sim.on(event => {
    if (event.type === 'frame') file.write(`${JSON.stringify({ type: 'frame', ...event.frame })}\n`)
    if (event.type === 'call') file.write(`${JSON.stringify({ type: 'call', ...event.call })}\n`)
  })
  return {
    end() {
      off()
      file.end()
      return finished(file)
    },
  }
}
