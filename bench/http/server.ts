/** The server's process: answers every request with the same few bytes of JSON. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveTasks } from '../lib/worker.ts'

export interface ServerTasks {
  readonly url: () => string
  readonly [name: string]: (input: never) => unknown
}

const ANSWER = JSON.stringify({ processQueryKey: 'a-query-key-of-usual-length==' })
const HEADERS = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(ANSWER) }

const server = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200, HEADERS).end(ANSWER))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const { port } = server.address() as AddressInfo

const tasks: ServerTasks = { url: () => `http://127.0.0.1:${port}/v1.0/robot/oToMessages/batchSend` }
serveTasks(tasks)
