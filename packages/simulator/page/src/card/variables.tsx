import { useTexts } from '../i18n/texts.ts'
import type { CardProps } from './props.ts'
import { cardTexts } from './texts.ts'

/** The variables of a card in a table; those that only the viewer sees are marked. */
export function Variables({ variables, own, viewer }: Pick<CardProps, 'variables' | 'own' | 'viewer'>) {
  const texts = useTexts(cardTexts)
  const entries = Object.entries(variables)
  if (entries.length === 0) return <p class="card-note">{texts.noVariables}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div class="variables" tabIndex={0}>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{texts.variable}</th>
            <th scope="col">{texts.value}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span class="variable-value">{pretty(value)}</span>
                {Object.hasOwn(own, name) && <span class="variable-own">{texts.privateTo(viewer)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** JSON that is more than a word is easier to read with its lines. */
function pretty(value: string): string {
  if (!/^\s*[[{]/.test(value)) return value
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
