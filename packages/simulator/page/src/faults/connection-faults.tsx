import { useState } from 'preact/hooks'
import type { FaultRequest, FaultState, Strike } from '../../../src/workbench/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { ChoiceField, More, NumberField, numberOf, TextField } from './fields.tsx'
import { Section } from './section.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

const strikes: readonly Strike[] = ['disconnect', 'drop', 'reset', 'halfOpen', 'garbage']

/** Faults that strike open connections at once, and those of the next attempts to connect. */
export function ConnectionFaults({ state, ask }: { state: FaultState; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const { connections } = state
  const [victim, setVictim] = useState('')
  const [end, setEnd] = useState<End>({ code: '', closeAfter: '', reason: '' })
  const chosen = connections.find(({ id }) => id === victim)
  return (
    <Section id="connection" title={texts.connectionTitle} note={texts.connections(connections.length)}>
      {connections.length === 0 ? (
        <p class="fault-hint">{texts.noConnections}</p>
      ) : (
        <ChoiceField
          label={texts.victim}
          value={chosen?.id ?? ''}
          options={[
            ['', texts.allConnections],
            ...connections.map(({ id, ua, state: now }) => [id, `${ua} ${id.slice(0, 8)} (${now})`] as const),
          ]}
          onInput={setVictim}
        />
      )}
      <div class="fault-buttons">
        {strikes.map(strike => (
          <button
            key={strike}
            type="button"
            class="button fault-button"
            disabled={connections.length === 0}
            data-testid={`strike-${strike}`}
            onClick={() => ask({ ...strikeOf(strike, end), ...(chosen && { connectionId: chosen.id }) })}
          >
            {texts.strikes[strike]}
          </button>
        ))}
      </div>
      <EndFields end={end} set={setEnd} />
      <NextConnections ask={ask} />
    </Section>
  )
}

type End = Readonly<Record<'code' | 'closeAfter' | 'reason', string>>

/** How a connection ends: options of `disconnect` and `drop`. */
function EndFields({ end, set }: { readonly end: End; readonly set: (end: End) => void }) {
  const texts = useTexts(faultTexts)
  return (
    <More testid="strike-more">
      <NumberField
        label={texts.closeAfter}
        value={end.closeAfter}
        placeholder="10000"
        testid="strike-close-after"
        onInput={closeAfter => set({ ...end, closeAfter })}
      />
      <TextField
        label={texts.reason}
        value={end.reason}
        placeholder="connection is expired"
        testid="strike-reason"
        onInput={reason => set({ ...end, reason })}
      />
      <NumberField
        label={texts.closeCode}
        value={end.code}
        placeholder="1001"
        testid="strike-code"
        onInput={code => set({ ...end, code })}
      />
    </More>
  )
}

function strikeOf(strike: Strike, end: End): Extract<FaultRequest, { kind: 'strike' }> {
  const [code, closeAfter, reason] = [numberOf(end.code), numberOf(end.closeAfter), end.reason.trim()]
  return {
    kind: 'strike',
    strike,
    ...(strike === 'drop' && code !== undefined && { code }),
    ...(strike === 'disconnect' && closeAfter !== undefined && { closeAfter }),
    ...(strike === 'disconnect' && reason !== '' && { reason }),
  }
}

type Kind = 'gateway' | 'handshake' | 'drop'

function NextConnections({ ask }: { ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [kind, setKind] = useState<Kind>('gateway')
  const [status, setStatus] = useState('503')
  const [delay, setDelay] = useState('')
  const [times, setTimes] = useState('')
  const options: readonly (readonly [Kind, string])[] = [
    ['gateway', texts.gatewayAnswers],
    ['handshake', texts.handshakeAnswers],
    ['drop', texts.acceptThenDrop],
  ]
  const submit = (event: Event) => {
    event.preventDefault()
    void ask(requestOf(kind, numberOf(status), numberOf(delay), numberOf(times)))
  }
  return (
    <form class="fault-form" onSubmit={submit}>
      <p class="fault-hint">{texts.next}</p>
      <ChoiceField
        label={texts.fault}
        value={kind}
        options={options}
        onInput={value => setKind(options.find(([name]) => name === value)?.[0] ?? 'gateway')}
      />
      {kind !== 'drop' && (
        <>
          <NumberField label={texts.status} value={status} onInput={setStatus} />
          <NumberField label={texts.delay} value={delay} placeholder="0" onInput={setDelay} />
        </>
      )}
      <NumberField label={texts.times} value={times} placeholder="1" onInput={setTimes} />
      <button type="submit" class="button button-primary fault-button" data-testid="next-arm">
        {texts.arm}
      </button>
    </form>
  )
}

function requestOf(kind: Kind, status?: number, delay?: number, times?: number): FaultRequest {
  const count = times === undefined ? {} : { times }
  if (kind === 'drop') return { kind, ...count }
  const late = delay === undefined ? {} : { delay }
  if (kind === 'gateway') return { kind, ...count, ...late, ...(status !== undefined && { status }) }
  return { kind, ...count, ...late, ...(status !== undefined && { refuse: status }) }
}
