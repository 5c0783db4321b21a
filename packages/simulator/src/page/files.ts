import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Place of the page as seen from here: in `src`, a source; in `dist`, part of a file that lies beside it. */
const place = import.meta.url.endsWith('.ts') ? '../../dist/page-app' : './page-app'

/** The folder into which the page is built. */
export const defaultPageFolder: string = fileURLToPath(new URL(place, import.meta.url))

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.css': 'text/css;charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json;charset=utf-8',
}

/**
 * Only our own files run, and nothing is loaded from elsewhere: a picture that a bot names by its address is shown as a
 * link. A proxy would let whatever a bot writes make this machine call any address, and loading it on a click would need
 * `img-src https:`, which takes away the guarantee for everything else that is drawn.
 */
const security = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' data: blob:",
    // blob: is what somebody has chosen to send, before it is sent.
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-cache',
}

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>dingware simulator</title>
<h1>The chat page is not built yet</h1>
<p>The simulator itself is running. Build its page with <code>pnpm build</code> and reload.</p>`

/** A file of the page; undefined when there is none. */
export async function pageFile(folder: string, path: string): Promise<Response | undefined> {
  const name = path === '/' ? 'index.html' : decode(path)
  const file = name === undefined ? undefined : normalize(join(folder, name))
  if (!file?.startsWith(normalize(folder) + sep)) return undefined
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes) return html(new Uint8Array(bytes), types[extname(file)] ?? 'application/octet-stream')
  return path === '/' ? html(NOT_BUILT, 'text/html;charset=utf-8') : undefined
}

function html(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, { headers: { ...security, 'content-type': type } })
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
