import { useState } from 'preact/hooks'
import type { FaultRequest, FaultState } from '../../../src/fault-panel/protocol.ts'
import { API_FAULTS } from '../../../src/faults/api-fault-names.ts'
import { useTexts } from '../i18n/texts.ts'
import { CheckField, ChoiceField, NumberField, numberOf, TextField } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

type ApiRequest = Extract<FaultRequest, { kind: 'api' }>

const blank = { path: '', fault: 'qps', times: '', probability: '', delay: '', applied: false }

/** What the next calls of APIs get. */
export function ApiFaults({ state, ask }: { state: FaultState; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [form, setForm] = useState(blank)
  const set = (more: Partial<typeof blank>) => setForm({ ...form, ...more })
  const submit = (event: Event) => {
    event.preventDefault()
    void ask(requestOf(form))
  }
  return (
    <Section id="api" title={texts.apiTitle}>
      <form class="fault-form" onSubmit={submit}>
        <TextField
          wide
          label={texts.path}
          value={form.path}
          placeholder={texts.pathHint}
          options={state.apis}
          testid="api-path"
          onInput={path => set({ path })}
        />
        <ChoiceField
          label={texts.fault}
          value={form.fault}
          options={[...API_FAULTS.map(fault => [fault, fault] as const), ['', texts.onlySlow]]}
          testid="api-fault"
          onInput={fault => set({ fault })}
        />
        <NumberField
          label={texts.times}
          value={form.times}
          placeholder="1"
          testid="api-times"
          onInput={times => set({ times })}
        />
        <NumberField
          label={texts.probability}
          value={form.probability}
          placeholder="0.1"
          step={0.01}
          max={1}
          onInput={probability => set({ probability })}
        />
        <NumberField label={texts.delay} value={form.delay} placeholder="0" onInput={delay => set({ delay })} />
        <CheckField label={texts.applied} checked={form.applied} onChange={applied => set({ applied })} />
        <button type="submit" class="button button-primary fault-button" data-testid="api-arm">
          {texts.arm}
        </button>
      </form>
    </Section>
  )
}

function requestOf({ path, fault, times, probability, delay, applied }: typeof blank): ApiRequest {
  const named = API_FAULTS.find(it => it === fault)
  const [count, chance, ms] = [numberOf(times), numberOf(probability), numberOf(delay)]
  return {
    kind: 'api',
    ...(path.trim() !== '' && { path }),
    ...(named && { fault: named }),
    ...(count !== undefined && { times: count }),
    ...(chance !== undefined && { probability: chance }),
    ...(ms !== undefined && { delay: ms }),
    ...(applied && { applied }),
  }
}
