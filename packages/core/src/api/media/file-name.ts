/** File systems take 255 bytes; a name of this many characters fits mostly, and says enough. */
const LONGEST = 120

/**
 * Makes a name that comes from elsewhere harmless: without folders, control characters and characters that turn text
 * around (`U+202E` makes `exe.gpj` look like `jpg.exe`). `undefined` where nothing is left.
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

/** `.PDF` of `a.b.PDF` as `pdf`; empty where there is none. */
export function endingOf(name: string | undefined): string {
  return /\.([^.\s]{1,10})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? ''
}

/**
 * What the platform wants to know of a file besides its name: the ending, or `file`, as an empty one is refused (errcode
 * 401104).
 *
 * @example fileTypeOf('合同.PDF') // 'pdf'
 */
export function fileTypeOf(fileName: string): string {
  const ending = endingOf(safeFileName(fileName)?.replace(/[.\s\p{Cf}]+$/u, ''))
  return /^[a-z0-9]+$/.test(ending) ? ending : 'file'
}

/** The name with this ending: in place of one that names a format, else behind. */
export function withEnding(name: string, ending: string): string {
  if (endingOf(name) === ending) return name
  return `${/\.[a-z0-9]{2,5}$/i.test(name) ? name.slice(0, name.lastIndexOf('.')) : name}.${ending}`
}

/** The name in a `Content-Disposition` (RFC 6266): `filename*` in UTF-8 before `filename`. */
export function nameOfDisposition(disposition: string | null): string | undefined {
  const [, encoded] = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition ?? '') ?? []
  const [, quoted, bare] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '') ?? []
  const plain = quoted?.replace(/\\(.)/g, '$1') ?? bare
  return safeFileName((encoded === undefined ? undefined : decoded(encoded)) ?? (plain && (decoded(plain) ?? plain)))
}

/** The last part of an address, where that looks like the name of a file. */
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
