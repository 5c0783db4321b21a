/** Maximum length in characters. File systems take 255 bytes, which is enough for most names of this length. */
const LONGEST = 120

/**
 * Sanitises a file name from elsewhere: removes folders, control characters and marks that reverse text (`U+202E` makes
 * `exe.gpj` look like `jpg.exe`). `undefined` if nothing is left.
 */
export function safeFileName(name: string | undefined): string | undefined {
  const last = name?.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, '').trim()
  if (/^\.*$/.test(clean)) return undefined
  const characters = [...clean]
  if (characters.length <= LONGEST) return clean
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return characters.slice(0, LONGEST - ending.length).join('') + ending
}

/** Extension of a file name in lower case, without the dot; `''` if it has none. */
export function endingOf(name: string | undefined): string {
  return /\.([^.\s]{1,10})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? ''
}

/**
 * Value of `fileType` for a file message: the extension, or `file`, since the platform refuses an empty one (errcode
 * 401104).
 *
 * @example fileTypeOf('合同.PDF') // 'pdf'
 */
export function fileTypeOf(fileName: string): string {
  const ending = endingOf(safeFileName(fileName)?.replace(/[.\s\p{Cf}]+$/u, ''))
  return /^[a-z0-9]+$/.test(ending) ? ending : 'file'
}

/** Gives a name this extension: replaces one that looks like a format, else appends it. */
export function withEnding(name: string, ending: string): string {
  if (endingOf(name) === ending) return name
  return `${/\.[a-z0-9]{2,5}$/i.test(name) ? name.slice(0, name.lastIndexOf('.')) : name}.${ending}`
}

/** File name in a `Content-Disposition` header (RFC 6266): `filename*` in UTF-8 before `filename`. */
export function nameOfDisposition(disposition: string | null): string | undefined {
  const [, encoded] = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition ?? '') ?? []
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '') ?? []
  const plain = quoted?.replace(/\\(.)/g, '$1') ?? bare
  return safeFileName((encoded === undefined ? undefined : decoded(encoded)) ?? (plain && (decoded(plain) ?? plain)))
}

/** Last segment of a URL's path, if it looks like a file name. */
export function nameOfUrl({ pathname }: URL): string | undefined {
  const name = safeFileName(decoded(pathname))
  return endingOf(name) === '' ? undefined : name
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
