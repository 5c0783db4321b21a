/** A field of a form, as curl takes it: the option, and its value. */
export type FormOption = readonly ['-F' | '--form-string', string]

/**
 * The fields of a multipart body, whose files are named and not repeated: their bytes are gone from a body that is kept
 * as text. Undefined for any other body.
 */
export function formOf(contentType: string, body: unknown): readonly FormOption[] | undefined {
  const [, quoted, plain] = /^multipart\/form-data.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined || typeof body !== 'string') return undefined
  return body.split(`--${boundary}`).flatMap((part): readonly FormOption[] => {
    const end = part.indexOf('\r\n\r\n')
    const head = end < 0 ? '' : part.slice(0, end)
    const [, name] = /[;\s]name="?([^";\r\n]+)/i.exec(head) ?? []
    if (name === undefined) return []
    const file = fileName(head)
    if (file !== undefined) return [['-F', `${name}=@${inQuotes(file)}`]]
    return [['--form-string', `${name}=${part.slice(end + 4).replace(/\r\n$/, '')}`]]
  })
}

function fileName(head: string): string | undefined {
  const [, quoted, plain, encoded] = /filename(?:="([^"\r\n]*)"|=([^;\s]+)|\*=utf-8''([^;\s]+))/i.exec(head) ?? []
  return quoted ?? plain ?? (encoded === undefined ? undefined : decodeURIComponent(encoded))
}

/** curl ends a file's name at these, unless it is in quotes. */
function inQuotes(name: string): string {
  return /[;,"\\]/.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : name
}
