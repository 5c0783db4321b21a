import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Refuses a WebSocket upgrade with an HTTP status. */
export function refuseUpgrade(stream: Duplex, status: number): void {
  const reason = STATUS_CODES[status] ?? 'Refused'
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
