import './faults.css'
import { useTexts } from '../i18n/texts.ts'
import { ApiFaults } from './api-faults.tsx'
import { Armed } from './armed.tsx'
import { Behaviour } from './behaviour.tsx'
import { Clock } from './clock.tsx'
import { ConnectionFaults } from './connection-faults.tsx'
import { CheckField } from './fields.tsx'
import { Limits } from './limits.tsx'
import { OtherPermission } from './permission.tsx'
import { presets } from './presets.ts'
import { PushFaults } from './push-faults.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import { type FaultControls, useFaults } from './use-faults.ts'

/** Switches that make the simulator misbehave, and what of them is on. They are the simulator's, not a conversation's. */
export function FaultPanel(_: { conversationId: string | undefined }) {
  const texts = useTexts(faultTexts)
  const { state, refusal, ask } = useFaults()
  if (!state) return <p class="fault-hint faults-loading">{texts.loading}</p>
  const revoked = state.permissions.filter(({ granted }) => !granted).length
  return (
    <div class="faults" data-testid="faults">
      {refusal !== undefined && (
        <p class="fault-refusal" role="alert">
          {texts.refused(refusal === '' ? texts.unreachable : refusal)}
        </p>
      )}
      <Armed armed={state.armed} ask={ask} />
      <Presets ask={ask} />
      <ApiFaults state={state} ask={ask} />
      <PushFaults state={state} ask={ask} />
      <ConnectionFaults state={state} ask={ask} />
      <Clock ahead={state.ahead} ask={ask} />
      <Section
        id="permissions"
        title={texts.permissionTitle}
        hint={texts.permissionHint}
        note={`${state.permissions.length - revoked} / ${state.permissions.length}`}
      >
        {state.permissions.map(({ scope, granted }) => (
          <CheckField
            key={scope}
            label={scope}
            checked={granted}
            testid={`permission-${scope}`}
            onChange={checked => ask({ kind: 'permission', scope, granted: checked })}
          />
        ))}
        <OtherPermission ask={ask} />
      </Section>
      <Limits state={state} ask={ask} />
      <Behaviour values={state.switches} ask={ask} />
    </div>
  )
}

function Presets({ ask }: { readonly ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  return (
    <section class="presets" aria-label={texts.presetsTitle}>
      <h2 class="fault-title">{texts.presetsTitle}</h2>
      <div class="fault-buttons">
        {presets.map(({ id, request }) => (
          <button
            key={id}
            type="button"
            class="button fault-button"
            data-testid={`preset-${id}`}
            onClick={() => ask(request)}
          >
            {texts.presets[id]}
          </button>
        ))}
      </div>
    </section>
  )
}
