import { useState } from 'preact/hooks'
import { useLanguage } from '../i18n/language.tsx'

const variables = `DINGTALK_OPENAPI_ENDPOINT=${location.origin}\nDINGTALK_OAPI_ENDPOINT=${location.origin}`

/** Tells how to point a bot at this simulator. */
export function HowToConnect() {
  const { texts } = useLanguage()
  return (
    <section class="how-to-connect" aria-label={texts.noBot}>
      <p>{texts.howToConnect}</p>
      <div class="how-to-connect-code">
        <pre>{variables}</pre>
        <CopyButton text={variables} />
      </div>
    </section>
  )
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
