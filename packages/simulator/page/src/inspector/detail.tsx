import './detail.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { EntryDetail, InspectorEntry } from '../../../src/workbench/inspector/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { Icon, IconButton } from '../icons/icon.tsx'
import { clockTime, nameOf, remarkOf } from './describe.ts'
import { CopyButton, ReplayButton } from './detail-actions.tsx'
import { tokenize } from './json.ts'
import { inspectorTexts } from './texts.ts'

interface Props {
  readonly entry: InspectorEntry
  readonly onClose: () => void
}

/** Everything about one entry. */
export function Detail({ entry, onClose }: Props) {
  const { locale } = useLanguage()
  const texts = useTexts(inspectorTexts)
  const detail = useDetail(entry)
  const remark = remarkOf(entry.note, texts)
  const facts = [
    clockTime(entry.at, locale),
    texts[entry.direction],
    texts.states[entry.state],
    entry.code,
    entry.duration === undefined ? undefined : texts.milliseconds(Math.round(entry.duration)),
  ]
  return (
    <section class="detail" aria-label={texts.details} data-testid="inspector-detail">
      <header class="detail-header">
        <h2 class="detail-name">{nameOf(entry, texts)}</h2>
        <IconButton icon="close" label={texts.close} testid="inspector-close" onClick={onClose} />
      </header>
      <p class="detail-facts" data-state={entry.state}>
        {facts.filter(fact => fact !== undefined).join(' · ')}
      </p>
      {remark !== undefined && (
        <p class="detail-remark">
          <Icon name="alert" /> {remark}
        </p>
      )}
      {detail === 'gone' && <p class="detail-gone">{texts.gone}</p>}
      {detail !== undefined && detail !== 'gone' && (
        <>
          <div class="detail-actions">
            <CopyButton text={detail.json} label={texts.copyJson} testid="copy-json" />
            {detail.curl !== undefined && <CopyButton text={detail.curl} label={texts.copyCurl} testid="copy-curl" />}
            {entry.replayable && <ReplayButton id={entry.id} />}
          </div>
          {detail.parts.map(({ name, value }) => (
            <details key={name} class="detail-part" open={name !== 'headers'}>
              <summary>{texts.parts[name]}</summary>
              <Value value={value} />
            </details>
          ))}
          <p class="detail-hint">{texts.secretsHidden}</p>
        </>
      )}
    </section>
  )
}

/** Asks again when the entry changes: a push gets its ack. */
function useDetail({ id, state }: InspectorEntry): EntryDetail | 'gone' | undefined {
  const [detail, setDetail] = useState<EntryDetail | 'gone' | undefined>(undefined)
  useEffect(() => {
    const life = new AbortController()
    fetch(`/_sim/inspector/entries/${id}`, { signal: life.signal }).then(
      async response => setDetail(response.ok ? await response.json() : 'gone'),
      () => {},
    )
    return () => life.abort()
  }, [id, state])
  return detail
}

/** JSON in colours. The pieces are text to the browser: nothing in them is ever a tag. */
function Value({ value }: { value: unknown }) {
  const tokens = useMemo(() => tokenize(typeof value === 'string' ? value : JSON.stringify(value, null, 2)), [value])
  return (
    <pre class="json">
      {tokens.map(({ kind, text }, index) =>
        kind === 'mark' ? (
          text
        ) : (
          <span key={index} class={`json-${kind}`}>
            {text}
          </span>
        ),
      )}
    </pre>
  )
}
