/** Answer to an HTTP request, with its whole body read. An HttpClient gives only those that are no errors. */
export interface HttpAnswer {
  /** HTTP status. */
  readonly status: number
  /** Header fields; names are looked up whatever their case. */
  readonly headers: Headers
  /** Parsed JSON; the text itself where it is none; `undefined` where it is empty. */
  readonly body: unknown
}

/** Reads a body. Proxies and firewalls answer HTML, the gateway sometimes XML: never assume JSON. */
export function parseBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
