import './card.css'
import type { PageContent } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Markdown } from '../markdown/markdown.tsx'

type CardContent = Extract<PageContent, { kind: 'card' }>
type Variables = CardContent['variables']

/**
 * Draws a card without its template, which only DingTalk has: the variable `markdown` under `title`, the others as they
 * are.
 */
export function Card({ content: { templateId, variables } }: { content: CardContent }) {
  const { texts } = useLanguage()
  const { title, markdown, ...others } = variables
  const progress = progressOf(variables)
  return (
    <div class="card" aria-busy={progress === 'writing'}>
      {title && markdown !== undefined && <h3 class="card-title">{title}</h3>}
      {markdown === undefined ? <Pairs variables={variables} /> : <Markdown source={markdown} dialect="card" />}
      {progress === 'writing' && <p class="card-writing">{texts.cardWriting}</p>}
      {progress === 'failed' && <p class="card-failed">{texts.cardFailed}</p>}
      {markdown !== undefined && Object.keys(others).length > 0 && (
        <details class="card-more">
          <summary>{texts.cardVariables}</summary>
          <Pairs variables={others} />
        </details>
      )}
      <p class="card-template" title={texts.cardTemplate}>
        {templateId}
      </p>
    </div>
  )
}

function Pairs({ variables }: { variables: Variables }) {
  return (
    <dl class="pairs">
      {Object.entries(variables).map(([name, value]) => (
        <div class="pair" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

// `flowStatus` is how DingTalk's AI templates are told of their state: 1 processing, 2 inputing, 3 finished,
// 4 executing, 5 failed.
function progressOf(variables: Variables): 'writing' | 'failed' | 'still' {
  switch (variables.flowStatus) {
    case '1':
    case '2':
      return 'writing'
    case '5':
      return 'failed'
    default:
      return 'still'
  }
}
