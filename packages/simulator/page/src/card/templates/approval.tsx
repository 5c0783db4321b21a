import { useTexts } from '../../i18n/texts.ts'
import { own, useClicks } from '../clicks.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** The state in which the tutorial's template shows its two buttons; any other one takes their place. */
const open = '待处理'

const decisions = [
  ['reject', 'gray'],
  ['accept', 'blue'],
] as const

/** The approval of the official tutorial: `title`, `status`, and whatever else there is as a list. */
export function ApprovalCard({ variables }: CardProps) {
  const texts = useTexts(cardTexts)
  const { press, last } = useClicks()
  const { title = '', status = open, ...others } = variables
  const decide = (action: string) => {
    if (last.state !== 'pending') void press(own(action, { action }))
  }
  return (
    <>
      <Head title={title} logo="" status={undefined} />
      <dl class="pairs">
        {Object.entries(others).map(([name, value]) => (
          <div class="pair" key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {status === open || status === '' ? (
        <div class="card-buttons">
          {decisions.map(([action, color]) => (
            <button
              key={action}
              type="button"
              class="button card-button"
              data-color={color}
              data-action={action}
              onClick={() => decide(action)}
            >
              {action === 'accept' ? texts.approve : texts.reject}
            </button>
          ))}
        </div>
      ) : (
        <p class="card-verdict" data-testid="card-verdict">
          {status}
        </p>
      )}
    </>
  )
}
