import { useEffect, useState } from 'preact/hooks'
import { switchChoices, switchFlags } from '../../../src/options/switch-choices.ts'
import type { FaultState, SwitchValues } from '../../../src/workbench/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { behaviourTexts } from './behaviour-texts.ts'
import { CheckField, ChoiceField, numberOf, TextField, wordsOf } from './fields.tsx'
import { Section } from './section.tsx'
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
/** The switches: the behaviour where the platform's is unclear. Each is set as one leaves its field. */
export function Behaviour({ values, ask }: Props) {
  const texts = useTexts(behaviourTexts)
  const set = (more: Partial<SwitchValues>) => void ask({ kind: 'switches', values: more })
  return (
    <Section id="behaviour" title={texts.switchTitle} hint={texts.switchHint}>
      <div class="fault-form">
        {lists.map(name => (
          <SettledField
            key={name}
            label={texts.switches[name]}
            value={values[name].join(', ')}
            wrong={texts.wrongDelays}
            read={delaysOf}
            onSettle={delays => set({ [name]: delays })}
          />
        ))}
        {numbers.map(name => (
          <SettledField
            key={name}
            label={texts.switches[name]}
            value={String(values[name] ?? '')}
            placeholder={texts.unlimited}
            wrong={texts.wrongNumber}
            read={limitOf}
            onSettle={limit => set({ [name]: limit })}
          />
        ))}
        {(Object.keys(switchChoices) as (keyof typeof switchChoices)[]).map(name => (
          <ChoiceField
            key={name}
            label={texts.switches[name]}
            value={values[name]}
            options={switchChoices[name].map(choice => [choice, choice])}
            testid={`switch-${name}`}
            onInput={value => set({ [name]: value })}
          />
        ))}
        {switchFlags.map(name => (
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

interface SettledProps<T> {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  /** The message when `read` finds no value. */
  readonly wrong: string
  readonly read: (text: string) => T | undefined
  readonly onSettle: (value: T) => void
}

/** A field that is heard when one leaves it, or presses Enter, if there is a value in it. */
function SettledField<T>({ label, value, placeholder, wrong, read, onSettle }: SettledProps<T>) {
  const [text, setText] = useState(value)
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    setText(value)
    setSettled(value)
  }, [value])
  const settle = () => {
    const found = read(text)
    setSettled(text)
    if (found !== undefined && text !== value) onSettle(found)
  }
  return (
    <TextField
      label={label}
      value={text}
      wrong={read(settled) === undefined ? wrong : undefined}
      onInput={setText}
      onSettle={settle}
      {...(placeholder !== undefined && { placeholder })}
    />
  )
}

/** Null stands for no limit. */
function limitOf(text: string): number | null | undefined {
  return text.trim() === '' ? null : wholeOf(text)
}

function delaysOf(text: string): readonly number[] | undefined {
  const delays = wordsOf(text).map(wholeOf)
  return delays.every(delay => delay !== undefined) ? delays : undefined
}

function wholeOf(text: string): number | undefined {
  const number = numberOf(text)
  return number !== undefined && number >= 0 && Number.isInteger(number) ? number : undefined
}
