import type { ComponentChildren, ComponentType } from 'preact'
import { Logo } from '../../content/picture.tsx'
import { useTexts } from '../../i18n/texts.ts'
import { Markdown } from '../../markdown/markdown.tsx'
import { Buttons } from '../buttons.tsx'
import { type Layout, layoutIn } from '../layout.ts'
import { mediaIn } from '../media.ts'
import type { CardProps } from '../props.ts'
import { Slider } from '../slider.tsx'
import { isLive, Status } from '../status.tsx'
import { cardTexts } from '../texts.ts'
import { useTypewriter } from '../use-typewriter.ts'
import { Variables } from '../variables.tsx'

/** As the bots that use such a template hear it (soimy/openclaw-channel-dingtalk: card-action-handler). */
const STOP = 'btn_stop'

/** What the variables of a template are called. */
interface Names {
  readonly title?: string
  /** The one that streams. */
  readonly content: string
  /** Text that stands still. */
  readonly still?: string
  readonly above?: string
  readonly below?: string
  /** While it is `true` there is a button that stops the bot; it calls back with {@link STOP}. */
  readonly stop?: string
  /** Variables of which nobody outside of DingTalk knows how the card shows them: they are told as they are. */
  readonly undrawn?: readonly string[]
}

/** A card around one text that may stream: all AI cards and markdown cards are of this kind. */
export function contentCard(names: Names): ComponentType<CardProps> {
  const of = (variables: CardProps['variables'], name: string | undefined) =>
    name === undefined ? '' : (variables[name] ?? '')
  return function ContentCard({ variables, own, viewer, status }: CardProps) {
    const undrawn = Object.entries(variables).filter(([name, value]) => names.undrawn?.includes(name) && value !== '')
    const layout = layoutIn(variables.sys_full_json_obj)
    const title = of(variables, names.title)
    const parts: Readonly<Record<string, ComponentChildren>> = {
      msgContent: <Streamed text={of(variables, names.content)} status={status} />,
      staticMsgContent: <Text source={of(variables, names.still)} />,
      msgSlider: <Slider slides={layout.slides} />,
      msgButtons: <Tips text={variables.tips} buttons={layout.buttons} />,
    }
    return (
      <>
        <Head title={title} logo={variables.logo ?? ''} status={status} />
        {of(variables, names.above) !== '' && <p class="card-above">{of(variables, names.above)}</p>}
        {layout.order.map(part => parts[part] && <div key={part}>{parts[part]}</div>)}
        {undrawn.length > 0 && <Variables variables={Object.fromEntries(undrawn)} own={own} viewer={viewer} />}
        {of(variables, names.stop) === 'true' && <StopButton />}
        {of(variables, names.below) !== '' && <p class="card-note">{of(variables, names.below)}</p>}
        {layout.source !== '' && <p class="card-source">{layout.source}</p>}
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

function StopButton() {
  const texts = useTexts(cardTexts)
  return <Buttons buttons={[{ text: texts.stop, color: 'gray', id: STOP }]} />
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

function Tips({ text = '', buttons }: { text: string | undefined; buttons: Layout['buttons'] }) {
  return (
    <>
      {text !== '' && <p class="card-note">{text}</p>}
      <Buttons buttons={buttons} />
    </>
  )
}
