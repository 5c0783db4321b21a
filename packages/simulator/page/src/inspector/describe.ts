import type { EntryNote, InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import type { InspectorTexts } from './texts.ts'

/** The title of an entry: a topic or a path without what every one begins with, or what happened to a connection. */
export function nameOf({ title, note, kind }: InspectorEntry, texts: InspectorTexts): string {
  if (note?.kind === 'connection') return texts.connection[note.state]
  if (title === '') return kind === 'violation' || note?.kind === 'violation' ? texts.violation : kind
  return title.replace(/^(\w+ )?\/v1\.0\//, '$1')
}

/** The remark on an entry; undefined when there is none. */
export function remarkOf(note: EntryNote | undefined, texts: InspectorTexts): string | undefined {
  switch (note?.kind) {
    case undefined:
    case 'connection':
      return undefined
    case 'violation':
      return note.reason
    case 'fault':
      return texts.fault(note.name)
    case 'later':
    case 'timeout':
    case 'closed':
      return texts[note.kind]
  }
}

/** A time to the millisecond, as one reads a log. */
export function clockTime(at: number, locale: string): string {
  return Number.isFinite(at) ? formatOf(locale).format(at) : ''
}

/** To make a format costs more than to draw a row. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string): Intl.DateTimeFormat {
  const made = formats.get(locale)
  if (made) return made
  const digits = '2-digit'
  const format = new Intl.DateTimeFormat(locale, {
    hour: digits,
    minute: digits,
    second: digits,
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  })
  formats.set(locale, format)
  return format
}
