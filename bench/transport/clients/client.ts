import type { RobotMessage } from '../message.ts'

/** A connected client that reads the text of each message and answers it. */
export interface Client {
  readonly close: () => Promise<void>
}

export type OpenClient = (url: string, connections?: number) => Promise<Client>

let read = 0

/** What every client does with a message: the cheapest handler that still needs its content. */
export function readText(message: RobotMessage): void {
  if (message.text.content !== '') read++
}

/** How many messages were read since the start. */
export function messagesRead(): number {
  return read
}
