/** The simulator's answer, or the reason for its refusal; the empty text when nobody answered. */
export type Result = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string }

const patience = 30_000

/** GETs something of the simulator. */
export function get(path: string): Promise<Result> {
  return send(path, { method: 'GET' })
}

/** POSTs JSON to the simulator. */
export function post(path: string, body: unknown): Promise<Result> {
  return send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/** POSTs a file. */
export function postFile(path: string, file: Blob): Promise<Result> {
  return send(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file })
}

/** A text of an answer; the sender is our own server and built with this page. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = fieldOf(value, key)
  return typeof found === 'string' ? found : undefined
}

export function numberIn(value: unknown, key: string): number | undefined {
  const found = fieldOf(value, key)
  return typeof found === 'number' ? found : undefined
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}

async function send(path: string, request: RequestInit): Promise<Result> {
  try {
    const response = await fetch(path, { ...request, signal: AbortSignal.timeout(patience) })
    const text = await response.text()
    const value = parse(text)
    if (response.ok) return { ok: true, value }
    return { ok: false, reason: reasonIn(value) ?? `${response.status} ${response.statusText}`.trim() }
  } catch {
    return { ok: false, reason: '' }
  }
}

/** The reason in the language of the page; some endpoints have English alone. */
function reasonIn(refusal: unknown): string | undefined {
  const chinese = document.documentElement.lang.startsWith('zh') ? textIn(refusal, 'zh') : undefined
  return chinese ?? textIn(refusal, 'error')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
