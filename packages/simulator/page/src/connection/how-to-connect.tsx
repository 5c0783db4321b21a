import { useEffect, useState } from 'preact/hooks'
import { useLanguage } from '../i18n/language.tsx'
import { get, textIn } from '../request/request.ts'

const names = ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_OPENAPI_ENDPOINT', 'DINGTALK_OAPI_ENDPOINT']

/** Tells how to point a bot at this simulator. */
export function HowToConnect() {
  const { texts } = useLanguage()
  const variables = useVariables()
  return (
    <details class="how-to-connect" open={hasRoom()}>
      <summary>{texts.howToConnect}</summary>
      <div class="how-to-connect-code">
        <pre data-testid="environment">{variables}</pre>
        <CopyButton text={variables} />
      </div>
    </details>
  )
}

/** On a phone that lies on its side there would be no chat left. */
function hasRoom(): boolean {
  return matchMedia('(min-height: 32rem)').matches
}

/** The variables one a line, once the simulator has told them. */
function useVariables(): string {
  const [variables, setVariables] = useState('')
  useEffect(() => {
    let isGone = false
    void get('/_sim/environment').then(result => {
      if (isGone || !result.ok) return
      setVariables(names.map(name => `${name}=${textIn(result.value, name) ?? ''}`).join('\n'))
    })
    return () => {
      isGone = true
    }
  }, [])
  return variables
}

function CopyButton({ text }: { text: string }) {
  const { texts } = useLanguage()
  const [copied, setCopied] = useState(false)
  // Browsers have a clipboard only on localhost and https; on a LAN address the text is there to be selected.
  if (!window.isSecureContext) return null

  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <button type="button" class="button" aria-live="polite" onClick={copy} onBlur={() => setCopied(false)}>
      {copied ? texts.copied : texts.copy}
    </button>
  )
}
