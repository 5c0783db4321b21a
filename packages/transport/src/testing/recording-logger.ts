import type { LogFields, Logger } from '../log/logger.ts'

export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: LogFields
}

export interface RecordingLogger extends Logger {
  readonly entries: readonly LogEntry[]
  /** Messages of warnings and errors. */
  readonly complaints: readonly string[]
}

/** A logger that keeps what it is told. */
export function recordingLogger(): RecordingLogger {
  const entries: LogEntry[] = []
  const record =
    (level: LogEntry['level']) =>
    (message: string, fields: LogFields = {}): void =>
      void entries.push({ level, message, fields })
  return {
    entries,
    get complaints() {
      return entries.filter(({ level }) => level === 'warn' || level === 'error').map(({ message }) => message)
    },
    debug: record('debug'),
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
  }
}
