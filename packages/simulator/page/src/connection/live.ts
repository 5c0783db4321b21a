/** The line between this page and the simulator; whether a bot is connected to the simulator is another question. */
export type Link = 'connecting' | 'open' | 'lost'

export interface LiveOptions {
  /** Told each event, as the text that came. */
  readonly onEvent: (data: string) => void
  readonly onLink?: (link: Link) => void
  readonly signal: AbortSignal
}

/** Milliseconds until a line that broke is opened again. */
const reopenAfter = 1_000

/**
 * Listens to the simulator until `signal` aborts, and comes back whenever the line breaks. By WebSocket, of which a browser
 * opens as many as there are tabs; an EventSource takes one of the six connections that HTTP has to a host.
 */
export function openLive(path: string, { onEvent, onLink, signal }: LiveOptions): void {
  if (signal.aborted) return
  const socket = new WebSocket(location.origin.replace('http', 'ws') + path)
  const life = new AbortController()
  const end = () => {
    life.abort()
    socket.close()
  }
  signal.addEventListener('abort', end, { signal: life.signal })
  const listen = (type: string, listener: (event: Event) => void) =>
    socket.addEventListener(type, listener, { signal: life.signal })

  listen('open', () => onLink?.('open'))
  listen('message', event => event instanceof MessageEvent && onEvent(String(event.data)))
  listen('close', () => {
    life.abort()
    onLink?.('lost')
    const timer = setTimeout(() => openLive(path, { onEvent, ...(onLink && { onLink }), signal }), reopenAfter)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
