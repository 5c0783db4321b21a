import { useEffect, useState } from 'preact/hooks'
import type { FaultState, SwitchValues } from '../../../src/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { CheckField, ChoiceField, numberOf } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

interface Props {
  readonly values: FaultState['switches']
  readonly ask: FaultControls['ask']
}

type Keys<V> = { [K in keyof SwitchValues]: SwitchValues[K] extends V ? K : never }[keyof SwitchValues]

const lists: readonly Keys<readonly number[]>[] = ['robotRedelivery', 'eventRedelivery']
const numbers: readonly Keys<number | null>[] = [
  'webhookPerMinute',
  'streamInterval',
  'streamContentLimit',
  'downloadCodeLife',
  'downloadUrlLife',
]
const checks: readonly Keys<boolean>[] = ['finishedCardIsFrozen', 'watchUpdatesInCallback']
const choices = {
  content: ['object', 'string'],
  quoteText: ['text', 'content'],
  quoteShape: ['full', 'idOnly', 'legacy'],
  quotedCard: ['metadata', 'cardContent', 'cardData'],
  quotaFields: ['errorCode', 'errCode'],
} as const

/** How the platform behaves where that is not clear. Each is set as one leaves its field. */
export function Behaviour({ values, ask }: Props) {
  const texts = useTexts(faultTexts)
  const set = (more: Partial<SwitchValues>) => void ask({ kind: 'switches', values: more })
  return (
    <Section id="behaviour" title={texts.switchTitle} hint={texts.switchHint}>
      <div class="fault-form">
        {lists.map(name => (
          <SettledField
            key={name}
            label={texts.switches[name]}
            value={values[name].join(', ')}
            onSettle={text => set({ [name]: text.split(/[,，\s]+/).flatMap(part => numberOf(part) ?? []) })}
          />
        ))}
        {numbers.map(name => (
          <SettledField
            key={name}
            label={texts.switches[name]}
            value={String(values[name] ?? '')}
            placeholder={texts.unlimited}
            onSettle={text => set({ [name]: numberOf(text) ?? null })}
          />
        ))}
        {(Object.keys(choices) as (keyof typeof choices)[]).map(name => (
          <ChoiceField
            key={name}
            label={texts.switches[name]}
            value={values[name]}
            options={choices[name].map(choice => [choice, choice])}
            testid={`switch-${name}`}
            onInput={value => set({ [name]: value })}
          />
        ))}
        {checks.map(name => (
          <CheckField
            key={name}
            label={texts.switches[name]}
            checked={values[name]}
            testid={`switch-${name}`}
            onChange={checked => set({ [name]: checked })}
          />
        ))}
      </div>
    </Section>
  )
}

interface SettledProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly onSettle: (text: string) => void
}

/** A field that is heard when one leaves it, or presses Enter. */
function SettledField({ label, value, placeholder, onSettle }: SettledProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        type="text"
        inputMode="numeric"
        value={text}
        placeholder={placeholder}
        onInput={event => setText(event.currentTarget.value)}
        onChange={() => text !== value && onSettle(text)}
      />
    </label>
  )
}
