import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

/** File of a {@link Form}. */
export interface FormFile {
  /** Name that the server sees. */
  readonly fileName: string
  /** MIME type, such as `image/png`. */
  readonly type: string
  /** The bytes, in pieces; they are not copied. */
  readonly content: readonly Uint8Array[]
}

/**
 * Fields and files by name, sent as `multipart/form-data`.
 *
 * @example
 * const form: Form = { type: 'image', media: { fileName: 'a.png', type: 'image/png', content: [bytes] } }
 */
export type Form = Readonly<Record<string, string | FormFile>>

/** Form as it goes out. Its body can be read once. */
export interface EncodedForm {
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string }
  readonly body: Readable
}

/** Encodes a form as browsers do (HTML, "multipart/form-data encoding algorithm"). */
export function encodeForm(form: Form): EncodedForm {
  const boundary = `dingware-${randomUUID()}`
  const pieces: Uint8Array[] = []
  for (const [name, value] of Object.entries(form)) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"`
    if (typeof value === 'string') {
      pieces.push(Buffer.from(`${head}\r\n\r\n${value}\r\n`))
    } else {
      const { fileName, type, content } = value
      const rest = `; filename="${quoted(fileName)}"\r\ncontent-type: ${type.replace(/[^ -~]/g, '')}\r\n\r\n`
      pieces.push(Buffer.from(head + rest), ...content, Buffer.from('\r\n'))
    }
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`))
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(length) },
    body: Readable.from(pieces),
  }
}

/**
 * Names stay UTF-8; what would end the quotes or the line is escaped, and NUL, which ends strings elsewhere, left out.
 */
function quoted(name: string): string {
  return name.replaceAll('\0', '').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}
