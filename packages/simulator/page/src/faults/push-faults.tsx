import { useState } from 'preact/hooks'
import type { FaultRequest, FaultState } from '../../../src/workbench/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { ChoiceField, NumberField, numberOf, TextField } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

type PushFaultName = Extract<FaultRequest, { kind: 'push' }>['fault']
const names: readonly PushFaultName[] = ['duplicate', 'garbage', 'lost']

/** The forms that arm faults of pushes, and flow control of direct messages. */
export function PushFaults({ state, ask }: { state: FaultState; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  return (
    <Section id="push" title={texts.pushTitle}>
      <PushForm topics={state.topics} ask={ask} />
      <FlowControlForm ask={ask} />
    </Section>
  )
}

function PushForm({ topics, ask }: { topics: readonly string[]; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [fault, setFault] = useState<PushFaultName>('duplicate')
  const [topic, setTopic] = useState('')
  const [times, setTimes] = useState('')
  const [probability, setProbability] = useState('')
  const [count, chance] = [numberOf(times), numberOf(probability)]
  const arm = (event: Event) => {
    event.preventDefault()
    void ask({
      kind: 'push',
      fault,
      ...(topic.trim() !== '' && { topic }),
      ...(count !== undefined && { times: count }),
      ...(chance !== undefined && { probability: chance }),
    })
  }
  return (
    <form class="fault-form" onSubmit={arm}>
      <TextField
        wide
        label={texts.topic}
        value={topic}
        placeholder={texts.topicHint}
        options={topics}
        onInput={setTopic}
      />
      <ChoiceField
        label={texts.fault}
        value={fault}
        options={names.map(name => [name, texts.pushFaults[name]])}
        testid="push-fault"
        onInput={value => setFault(names.find(name => name === value) ?? 'duplicate')}
      />
      <NumberField label={texts.times} value={times} placeholder="1" onInput={setTimes} />
      <NumberField
        label={texts.probability}
        value={probability}
        placeholder="0.1"
        step={0.01}
        max={1}
        testid="push-probability"
        onInput={setProbability}
      />
      <button type="submit" class="button button-primary fault-button" data-testid="push-arm">
        {texts.arm}
      </button>
    </form>
  )
}

function FlowControlForm({ ask }: { ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [nick, setNick] = useState('')
  const [times, setTimes] = useState('')
  const count = numberOf(times)
  const holdBack = (event: Event) => {
    event.preventDefault()
    void ask({
      kind: 'flowControl',
      ...(nick.trim() !== '' && { nick }),
      ...(count !== undefined && { times: count }),
    })
  }
  return (
    <form class="fault-form" onSubmit={holdBack}>
      <TextField wide label={texts.flowControl} value={nick} placeholder={texts.anybody} onInput={setNick} />
      <NumberField label={texts.times} value={times} placeholder="1" testid="flow-times" onInput={setTimes} />
      <button type="submit" class="button button-primary fault-button" data-testid="flow-arm">
        {texts.arm}
      </button>
    </form>
  )
}
