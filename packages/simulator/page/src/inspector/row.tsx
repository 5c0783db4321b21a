import type { InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { clockTime, nameOf, remarkOf } from './describe.ts'
import { inspectorTexts } from './texts.ts'

interface Props {
  readonly entry: InspectorEntry
}

/** One line of the timeline: when, which way, what, and how it went; below it the beginning of what it carries. */
export function Row({ entry }: Props) {
  const { locale } = useLanguage()
  const texts = useTexts(inspectorTexts)
  const { at, direction, code, duration, state, note, preview, kind } = entry
  const remark = remarkOf(note, texts)
  return (
    <>
      <div class="entry-line">
        <time class="entry-time">{clockTime(at, locale)}</time>
        <span class="entry-way" data-way={direction} title={texts[direction]}>
          <span aria-hidden="true">{direction === 'down' ? '↓' : '↑'}</span>
          <span class="visually-hidden">{texts[direction]}</span>
        </span>
        <span class="entry-kind">{texts.kind[kind]}</span>
        <span class="entry-name">{nameOf(entry, texts)}</span>
        {duration !== undefined && <span class="entry-duration">{texts.milliseconds(Math.round(duration))}</span>}
        {code !== undefined && <span class="entry-code">{code}</span>}
        {state === 'late' && <span class="entry-mark">{texts.states.late}</span>}
        {state === 'waiting' && (
          <span class="entry-waiting" title={texts.states.waiting}>
            <span class="visually-hidden">{texts.states.waiting}</span>
          </span>
        )}
      </div>
      <div class="entry-preview">
        {remark !== undefined && <span class="entry-remark">{remark}</span>} {preview}
      </div>
    </>
  )
}
