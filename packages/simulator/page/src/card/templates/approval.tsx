import { useTexts } from '../../i18n/texts.ts'
import { useClicks } from '../clicks.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** The state in which the tutorial's template shows its two buttons; any other one takes their place. */
const open = '待处理'

/** The approval of the official tutorial: `title`, `status`, and whatever else there is as a list. */
export function ApprovalCard({ variables }: CardProps) {
  const texts = useTexts(cardTexts)
  const { press, last } = useClicks()
  const { title = '', status = open, ...others } = variables
  const decide = (action: 'accept' | 'reject') => () => {
    if (last.state !== 'pending') void press([action], { action })
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
          <button
            type="button"
            class="button card-button"
            data-color="gray"
            data-action="reject"
            onClick={decide('reject')}
          >
            {texts.reject}
          </button>
          <button
            type="button"
            class="button card-button"
            data-color="blue"
            data-action="accept"
            onClick={decide('accept')}
          >
            {texts.approve}
          </button>
        </div>
      ) : (
        <p class="card-verdict" data-testid="card-verdict">
          {status}
        </p>
      )}
    </>
  )
}
