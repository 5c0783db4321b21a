import { useTexts } from '../../i18n/texts.ts'
import { Icon } from '../../icons/icon.tsx'
import { objects, parseObject, words } from '../json.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** A plugin that the client would run: shown, and never run here. */
export function RpaCard({ variables, status }: CardProps) {
  const texts = useTexts(cardTexts)
  const { goal = '', plan } = variables
  const { plan: script, pluginInstances } = parseObject(plan)
  return (
    <>
      <Head title={goal} logo="" status={status} />
      {objects(pluginInstances).map(plugin => (
        <p class="rpa-plugin" key={words(plugin.id)}>
          <Icon name="panel" /> {texts.plugin} <code>{words(plugin.id)}</code> {words(plugin.version)}
        </p>
      ))}
      {words(script) !== '' && (
        <details class="card-details">
          <summary>{texts.plan}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre class="card-code" tabIndex={0}>
            {words(script)}
          </pre>
        </details>
      )}
    </>
  )
}
