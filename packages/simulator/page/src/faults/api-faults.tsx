import { useState } from 'preact/hooks'
import { API_FAULTS } from '../../../src/faults/api-fault-names.ts'
import type { FaultRequest, FaultState } from '../../../src/workbench/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { CheckField, ChoiceField, More, NumberField, numberOf, TextField, wordsOf } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

type ApiRequest = Extract<FaultRequest, { kind: 'api' }>

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const
const blank = {
  path: '',
  fault: 'qps',
  times: '',
  probability: '',
  delay: '',
  applied: false,
  method: '',
  status: '',
  retryAfter: '',
  scopes: '',
}

/** The form that arms faults of API calls. */
export function ApiFaults({ state, ask }: { state: FaultState; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [form, setForm] = useState(blank)
  const set = (more: Partial<typeof blank>) => setForm(form => ({ ...form, ...more }))
  const submit = (event: Event) => {
    event.preventDefault()
    void ask(requestOf(form))
  }
  return (
    <Section id="api" title={texts.apiTitle} hint={texts.apiHint}>
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
        <Strikes form={form} set={set} />
        <CheckField label={texts.applied} checked={form.applied} onChange={applied => set({ applied })} />
        <RareFields state={state} form={form} set={set} />
        <button type="submit" class="button button-primary fault-button" data-testid="api-arm">
          {texts.arm}
        </button>
      </form>
    </Section>
  )
}

interface FormProps {
  readonly form: typeof blank
  readonly set: (more: Partial<typeof blank>) => void
}

/** How often it strikes, and how late. */
function Strikes({ form, set }: FormProps) {
  const texts = useTexts(faultTexts)
  return (
    <>
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
    </>
  )
}

function RareFields({ state, form, set }: FormProps & { readonly state: FaultState }) {
  const texts = useTexts(faultTexts)
  return (
    <More testid="api-more">
      <ChoiceField
        label={texts.method}
        value={form.method}
        options={[['', texts.anyMethod], ...METHODS.map(method => [method, method] as const)]}
        testid="api-method"
        onInput={method => set({ method })}
      />
      <NumberField label={texts.statusOf} value={form.status} testid="api-status" onInput={status => set({ status })} />
      <NumberField
        label={texts.retryAfter}
        value={form.retryAfter}
        placeholder="1"
        testid="api-retry-after"
        onInput={retryAfter => set({ retryAfter })}
      />
      <TextField
        label={texts.scopes}
        value={form.scopes}
        placeholder={texts.scopesHint}
        options={state.permissions.map(({ scope }) => scope)}
        testid="api-scopes"
        onInput={scopes => set({ scopes })}
      />
    </More>
  )
}

function requestOf({ path, fault, applied, ...form }: typeof blank): ApiRequest {
  const named = API_FAULTS.find(it => it === fault)
  const method = METHODS.find(it => it === form.method)
  const [status, retryAfter, scopes] = [numberOf(form.status), numberOf(form.retryAfter), wordsOf(form.scopes)]
  const [count, chance, ms] = [numberOf(form.times), numberOf(form.probability), numberOf(form.delay)]
  return {
    kind: 'api',
    ...(path.trim() !== '' && { path }),
    ...(named && { fault: named }),
    ...(count !== undefined && { times: count }),
    ...(chance !== undefined && { probability: chance }),
    ...(ms !== undefined && { delay: ms }),
    ...(applied && { applied }),
    ...(method && { method }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(scopes.length > 0 && { scopes }),
  }
}
