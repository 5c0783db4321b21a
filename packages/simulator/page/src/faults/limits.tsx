import { useState } from 'preact/hooks'
import type { FaultState } from '../../../src/workbench/fault-panel/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import { NumberField, numberOf, TextField } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

interface Props {
  readonly state: FaultState
  readonly ask: FaultControls['ask']
}

/** The month's quotas, and the calls a second. */
export function Limits({ state, ask }: Props) {
  const texts = useTexts(faultTexts)
  return (
    <Section id="limits" title={texts.quotaTitle}>
      <Quota meter="api" state={state} ask={ask} />
      <Quota meter="push" state={state} ask={ask} />
      <Throttles state={state} ask={ask} />
    </Section>
  )
}

function Quota({ meter, state, ask }: Props & { meter: 'api' | 'push' }) {
  const { locale } = useLanguage()
  const texts = useTexts(faultTexts)
  const { used, limit } = state.quotas[meter]
  const [text, setText] = useState('')
  const [usedText, setUsed] = useState('')
  const number = new Intl.NumberFormat(locale)
  const submit = (event: Event) => {
    event.preventDefault()
    const count = numberOf(usedText)
    const limited = numberOf(text)
    // Who sets only what is used means to keep the limit.
    const keepsLimit = limited === undefined && count !== undefined
    void ask({
      kind: 'quota',
      meter,
      ...(!keepsLimit && { limit: limited ?? null }),
      ...(count !== undefined && { used: count }),
    })
  }
  return (
    <form class="fault-form" onSubmit={submit}>
      <p class="limit-now">
        {texts.meters[meter]}: <strong data-testid={`quota-${meter}`}>{number.format(used)}</strong> /{' '}
        {limit === null ? texts.unlimited : number.format(limit)}
      </p>
      <NumberField
        label={texts.limit}
        value={text}
        placeholder={texts.unlimited}
        testid={`quota-${meter}-limit`}
        onInput={setText}
      />
      <NumberField
        label={texts.used}
        value={usedText}
        placeholder={texts.asItIs}
        testid={`quota-${meter}-used`}
        onInput={setUsed}
      />
      <div class="fault-buttons">
        <button type="submit" class="button button-primary fault-button" data-testid={`quota-${meter}-set`}>
          {texts.set}
        </button>
        <Shortcuts meter={meter} limit={limit} ask={ask} />
      </div>
    </form>
  )
}

interface ShortcutsProps extends Pick<Props, 'ask'> {
  readonly meter: 'api' | 'push'
  readonly limit: number | null
}

/** Nothing is used, and everything is. */
function Shortcuts({ meter, limit, ask }: ShortcutsProps) {
  const texts = useTexts(faultTexts)
  return (
    <>
      <button type="button" class="button fault-button" onClick={() => ask({ kind: 'quota', meter, used: 0 })}>
        {texts.reset}
      </button>
      <button
        type="button"
        class="button fault-button"
        disabled={limit === null}
        onClick={() => ask({ kind: 'quota', meter, used: limit ?? 0 })}
      >
        {texts.useUp}
      </button>
    </>
  )
}

function Throttles({ state, ask }: Props) {
  const texts = useTexts(faultTexts)
  const [path, setPath] = useState('')
  const [perSecond, setPerSecond] = useState('')
  const { general, special } = state.throttle
  const submit = (event: Event) => {
    event.preventDefault()
    void ask({ kind: 'throttle', perSecond: numberOf(perSecond) ?? null, ...(path.trim() !== '' && { path }) })
  }
  return (
    <form class="fault-form" onSubmit={submit}>
      <p class="limit-now">
        {texts.throttle}: <strong data-testid="throttle-general">{general ?? texts.unlimited}</strong>
      </p>
      {special.length > 0 && (
        <ul class="throttle-list">
          {special.map(it => (
            <li key={it.path}>
              <code>{it.path}</code> {it.perSecond ?? texts.unlimited}
              <IconButton
                icon="close"
                label={texts.release(it.path)}
                testid="throttle-release"
                onClick={() => ask({ kind: 'release', path: it.path })}
              />
            </li>
          ))}
        </ul>
      )}
      <TextField
        wide
        label={texts.throttleFor}
        value={path}
        placeholder={texts.pathHint}
        options={state.apis}
        onInput={setPath}
      />
      <NumberField
        label={texts.perSecond}
        value={perSecond}
        placeholder={texts.unlimited}
        testid="throttle-value"
        onInput={setPerSecond}
      />
      <button type="submit" class="button button-primary fault-button" data-testid="throttle-set">
        {texts.set}
      </button>
    </form>
  )
}
