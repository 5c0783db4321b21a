import type { Context } from 'hono'
import type { ApiRequest } from './route.ts'

/** Bytes; the largest upload of the platform is 20 MB. */
const LARGEST_REQUEST = 25 * 1024 * 1024

/** Reads a request whole; undefined when it is too large. */
export async function readRequest(c: Context): Promise<ApiRequest | undefined> {
  const bytes = await readBytes(c.req.raw)
  if (!bytes) return undefined
  return {
    method: c.req.method,
    path: c.req.path,
    query: new URL(c.req.url).searchParams,
    headers: c.req.raw.headers,
    params: c.req.param(),
    bytes,
    text: new TextDecoder().decode(bytes),
    address: c.env?.incoming?.socket?.remoteAddress ?? '127.0.0.1',
  }
}

async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const length = request.headers.get('content-length')
  if (length !== null) return Number(length) > LARGEST_REQUEST ? undefined : new Uint8Array(await request.arrayBuffer())
  // In chunks, as DingTalk's own generated clients send it: how much it is shows only on the way.
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.length
    if (size > LARGEST_REQUEST) return undefined
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
