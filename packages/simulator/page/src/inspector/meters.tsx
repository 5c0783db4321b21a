import type { MeterReading, Meters } from '../../../src/workbench/inspector/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { inspectorTexts } from './texts.ts'

/** From this share on a meter warns. */
const HIGH = 0.8

/** The usage of this month, second and minute. */
export function QuotaMeters({ meters }: { meters: Meters | undefined }) {
  const texts = useTexts(inspectorTexts)
  if (!meters) return null
  const busiest = meters.qps.toSorted((one, other) => share(other) - share(one) || other.used - one.used)[0]
  const webhook = meters.webhook.toSorted((one, other) => share(other) - share(one) || other.used - one.used)[0]
  return (
    <section class="meters" aria-label={texts.meters} data-testid="meters">
      <Meter label={texts.apiMonth} reading={meters.api} testid="meter-api" />
      <Meter label={texts.pushMonth} reading={meters.push} testid="meter-push" />
      <Meter
        label={texts.callsASecond}
        reading={busiest}
        hint={meters.qps.map(({ api, used }) => `${api} ${used}`).join('\n')}
        testid="meter-qps"
      />
      <Meter
        label={texts.webhookAMinute}
        reading={webhook}
        refused={meters.webhook.some(({ refusedUntil }) => refusedUntil > 0)}
        testid="meter-webhook"
      />
    </section>
  )
}

interface Props {
  readonly label: string
  readonly reading: MeterReading | undefined
  readonly hint?: string
  readonly refused?: boolean
  readonly testid: string
}

function Meter({ label, reading, hint, refused = false, testid }: Props) {
  const { locale } = useLanguage()
  const texts = useTexts(inspectorTexts)
  const number = new Intl.NumberFormat(locale)
  const used = reading === undefined ? texts.nothingInUse : number.format(reading.used)
  const part = reading === undefined ? 0 : share(reading)
  const level = refused || part >= 1 ? 'full' : part >= HIGH ? 'high' : 'low'
  return (
    <div class="meter" data-level={level} data-testid={testid} title={hint}>
      <span class="meter-label">{label}</span>
      <span class="meter-value">
        {refused && `${texts.refused} · `}
        {used}
        {reading !== undefined && <span class="meter-limit"> / {limitOf(reading, number)}</span>}
      </span>
      <svg class="meter-bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
        <rect class="meter-track" width="100" height="2" />
        <rect class="meter-fill" width={refused ? 100 : Math.min(1, part) * 100} height="2" />
      </svg>
    </div>
  )
}

function limitOf({ limit }: MeterReading, number: Intl.NumberFormat): string {
  return limit === null ? '∞' : number.format(limit)
}

function share({ used, limit }: MeterReading): number {
  if (limit === null) return 0
  return limit === 0 ? 1 : used / limit
}
