import { startWorker } from '../lib/worker.ts'
import { benchAbruptDrop, benchAnnouncedClose } from './outages.ts'
import type { ServerTasks } from './server/main.ts'
import { benchThroughput } from './throughput.ts'

/** What the stream socket is worth, against the official client and a bare `ws`. */
export async function run(): Promise<void> {
  const server = await startWorker<ServerTasks>(new URL('./server/main.ts', import.meta.url))
  try {
    await benchAnnouncedClose(server)
    await benchAbruptDrop(server)
  } finally {
    await server.close()
  }
  await benchThroughput()
}
