import type { ArmedView } from '../../../src/workbench/fault-panel/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import { type FaultTexts, faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

/** The list of armed faults, each with a button that disarms it. */
export function Armed({ armed, ask }: { armed: readonly ArmedView[]; ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  return (
    <section class="armed" aria-label={texts.armed} data-testid="armed">
      <header class="armed-header">
        <h2 class="fault-title">{texts.armed}</h2>
        {armed.length > 0 && <span class="armed-count">{armed.length}</span>}
        <button
          type="button"
          class="button fault-button"
          disabled={armed.length === 0}
          data-testid="clear"
          onClick={() => ask({ kind: 'clear' })}
        >
          {texts.clear}
        </button>
      </header>
      {armed.length === 0 ? (
        <p class="fault-hint">{texts.nothingArmed}</p>
      ) : (
        <ul class="armed-list">
          {armed.map(it => (
            <li key={`${it.family} ${it.id}`} class="armed-fault" data-testid="armed-fault">
              <div class="armed-what">
                <span class="armed-family">{texts.faultKinds[it.family]}</span>{' '}
                <strong class="armed-name">{it.name}</strong>{' '}
                <span class="armed-where">{it.where ?? texts.everywhere}</span>
                <div class="armed-how">{describe(it, texts)}</div>
              </div>
              <IconButton
                icon="close"
                label={texts.disarm(it.name)}
                testid="disarm"
                onClick={() => ask({ kind: 'disarm', family: it.family, id: it.id })}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function describe({ left, struck, probability, delay }: ArmedView, texts: FaultTexts): string {
  return [
    left === null ? texts.endless : texts.left(left),
    probability === undefined ? undefined : texts.chance(Math.round(probability * 1_000) / 10),
    typeof delay === 'number' ? texts.after(delay) : undefined,
    struck === 0 ? undefined : texts.struck(struck),
  ]
    .filter(part => part !== undefined)
    .join(' · ')
}
