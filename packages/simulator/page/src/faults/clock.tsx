import { useEffect, useState } from 'preact/hooks'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { fullTime } from '../i18n/time.ts'
import { TextField } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const steps = [10_000, MINUTE, 10 * MINUTE, 90 * MINUTE, 2 * HOUR, DAY, 31 * DAY]

/** The simulator's time, which can be moved on. */
export function Clock({ ahead, ask }: { ahead: number; ask: FaultControls['ask'] }) {
  const { locale } = useLanguage()
  const texts = useTexts(faultTexts)
  const now = useNow()
  const difference = ahead >= 1_000 ? texts.ahead(span(ahead, locale)) : texts.noneAhead
  return (
    <Section id="clock" title={texts.clockTitle} note={difference} hint={texts.clockHint}>
      <p class="clock-now">
        {texts.clockNow}: <time data-testid="clock-now">{fullTime(now + ahead, locale)}</time>
      </p>
      <div class="fault-buttons">
        {steps.map(ms => (
          <button
            key={ms}
            type="button"
            class="button fault-button"
            aria-label={`${texts.advance} ${span(ms, locale)}`}
            data-testid={`advance-${ms}`}
            onClick={() => ask({ kind: 'advance', ms })}
          >
            +{span(ms, locale)}
          </button>
        ))}
      </div>
      <Advance ask={ask} />
    </Section>
  )
}

/** Any span of time. */
function Advance({ ask }: { ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = (event: Event) => {
    event.preventDefault()
    const ms = spanOf(text)
    setWrong(ms === undefined)
    if (ms !== undefined) void ask({ kind: 'advance', ms })
  }
  return (
    <form class="fault-form" onSubmit={submit}>
      <TextField
        label={texts.advance}
        value={text}
        placeholder="1h 30m"
        wrong={isWrong ? texts.wrongSpan : undefined}
        testid="advance-by"
        onInput={setText}
      />
      <button type="submit" class="button button-primary fault-button" data-testid="advance">
        {texts.set}
      </button>
    </form>
  )
}

const sizes: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: MINUTE, h: HOUR, d: DAY }

/** Milliseconds of `90`, `30s` or `1h 30m`; undefined for what is no span, or none that lasts. */
export function spanOf(text: string): number | undefined {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d+(?:\.\d+)?)\s*(ms|[smhd]|(?=$))\s*/gy),
  ]
  const read = parts.map(([whole]) => whole).join('')
  const ms = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (sizes[unit] ?? 1), 0)
  return read === text.trim().toLowerCase() && ms >= 1 ? ms : undefined
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** A span of time in the two largest units that it fills. */
export function span(ms: number, locale: string): string {
  const units = [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
    ['second', 1_000],
  ] as const
  let rest = ms
  const parts: string[] = []
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count === 0 || parts.length === 2) continue
    parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count))
  }
  return parts.join(' ')
}
