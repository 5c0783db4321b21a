import { once } from 'node:events'
import { WebSocket } from 'ws'
import { type Client, readText } from './client.ts'
import { openTicket } from './ticket.ts'

/** The least that a client can do: two JSON.parse and one JSON.stringify a frame, no checks, no reconnecting. */
export async function openBare(url: string): Promise<Client> {
  const socket = new WebSocket(await openTicket(url))
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString())
    readText(JSON.parse(frame.data))
    const headers = { contentType: 'application/json', messageId: frame.headers.messageId }
    socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data: '{"response":null}' }))
  })
  await once(socket, 'open')
  return {
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}
