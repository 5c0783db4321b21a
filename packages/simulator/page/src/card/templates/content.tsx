import type { ComponentChildren, ComponentType } from 'preact'
import { buttonsIn, type Pressable } from '../../../../src/apis/card/buttons.ts'
import { Logo } from '../../content/picture.tsx'
import { Markdown } from '../../markdown/markdown.tsx'
import { Buttons } from '../buttons.tsx'
import { layoutIn } from '../layout.ts'
import { mediaIn } from '../media.ts'
import type { CardProps } from '../props.ts'
import { Slider } from '../slider.tsx'
import { isLive, Status } from '../status.tsx'
import { useTypewriter } from '../use-typewriter.ts'
import { Variables } from '../variables.tsx'

/** The names of the variables of a template. */
interface Names {
  readonly title?: string
  /** The one that streams. */
  readonly content: string
  /** Text that stands still. */
  readonly still?: string
  readonly above?: string
  readonly below?: string
  /** Variables of which nobody outside of DingTalk knows how the card shows them: they are told as they are. */
  readonly undrawn?: readonly string[]
}

/**
 * A card around one text that may stream: all AI cards and markdown cards are of this kind. In state 1 its loading hides
 * all but the head (murray17/rovai-ai).
 */
export function contentCard(names: Names): ComponentType<CardProps> {
  const of = (variables: CardProps['variables'], name: string | undefined) =>
    name === undefined ? '' : (variables[name] ?? '')
  return function ContentCard({ templateId, variables, own, viewer, status }: CardProps) {
    const undrawn = Object.entries(variables).filter(([name, value]) => names.undrawn?.includes(name) && value !== '')
    const layout = layoutIn(variables.sys_full_json_obj)
    const all = buttonsIn({ templateId, status }, variables)
    const buttons = all.filter(({ press }) => press.kind === 'layout')
    const others = all.filter(({ press }) => press.kind !== 'layout')
    const title = of(variables, names.title)
    const parts: Readonly<Record<string, ComponentChildren>> = {
      msgContent: <Streamed text={of(variables, names.content)} status={status} />,
      staticMsgContent: <Text source={of(variables, names.still)} />,
      msgSlider: <Slider slides={layout.slides} />,
      msgButtons: <Tips text={variables.tips} buttons={buttons} />,
    }
    return (
      <>
        <Head title={title} logo={variables.logo ?? ''} status={status} />
        {status === 'processing' ? (
          <Waiting />
        ) : (
          <>
            {of(variables, names.above) !== '' && <p class="card-above">{of(variables, names.above)}</p>}
            {layout.order.map(part => parts[part] && <div key={part}>{parts[part]}</div>)}
            {undrawn.length > 0 && <Variables variables={Object.fromEntries(undrawn)} own={own} viewer={viewer} />}
            <Buttons buttons={others} />
            {of(variables, names.below) !== '' && <p class="card-note">{of(variables, names.below)}</p>}
            {layout.source !== '' && <p class="card-source">{layout.source}</p>}
          </>
        )}
      </>
    )
  }
}

export function Head({ title, logo, status }: { title: string; logo: string; status: CardProps['status'] }) {
  const shown = status !== undefined && status !== 'finished' ? status : undefined
  if (title === '' && shown === undefined) return null
  return (
    <header class="card-head">
      {logo !== '' && <Logo picture={mediaIn(logo)} />}
      {title !== '' && <h3 class="card-title">{title}</h3>}
      {shown && <Status status={shown} />}
    </header>
  )
}

function Streamed({ text, status }: { text: string; status: CardProps['status'] }) {
  const live = isLive(status)
  const shown = useTypewriter(text, live)
  const isWriting = status === 'inputting' || shown.length < text.length
  if (shown.trim() === '') return live ? <Waiting /> : null
  return (
    <div class={isWriting ? 'streamed streamed-on' : 'streamed'}>
      <Markdown source={shown} dialect="card" />
    </div>
  )
}

function Waiting() {
  return (
    <div class="card-waiting" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  )
}

function Text({ source }: { source: string }) {
  return source === '' ? null : <Markdown source={source} dialect="card" />
}

function Tips({ text = '', buttons }: { text: string | undefined; buttons: readonly Pressable[] }) {
  return (
    <>
      {text !== '' && <p class="card-note">{text}</p>}
      <Buttons buttons={buttons} />
    </>
  )
}
