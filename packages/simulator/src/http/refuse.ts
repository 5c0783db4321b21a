import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers a request for a WebSocket that is not to be had. */
export function refuse(stream: Duplex, status: number): void {
  const reason = STATUS_CODES[status] ?? 'Refused'
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
