import { benchAbruptDrop, benchAnnouncedClose } from './outages.ts'
import { startServer } from './server/server.ts'
import { benchThroughput } from './throughput.ts'

/** What the stream socket is worth, against the official client and a bare `ws`. */
export async function run(): Promise<void> {
  const server = await startServer()
  try {
    await benchAnnouncedClose(server)
    await benchAbruptDrop(server)
    await benchThroughput(server)
  } finally {
    await server.close()
  }
}
