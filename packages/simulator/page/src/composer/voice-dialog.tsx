import { useId, useState } from 'preact/hooks'
import type { PageSpeech } from '../../../src/page/requests.ts'
import { Dialog } from '../dialog/dialog.tsx'
import { useTexts } from '../i18n/texts.ts'
import { secondsOf } from './clip.ts'
import { upload } from './speech.ts'
import { composerTexts } from './texts.ts'

interface Props {
  readonly inGroup: boolean
  /** Resolves with why not, when it was not sent. */
  readonly onSend: (content: PageSpeech) => Promise<string | undefined>
  readonly onClose: () => void
}

/** Milliseconds that it takes to say one character, of a message that has no sound. */
const perCharacter = 200

/**
 * A voice message: what is said, and where a bot wants to listen itself a sound file. It stays open until the message was
 * taken, so that nothing is said in vain.
 */
export function VoiceDialog({ inGroup, onSend, onClose }: Props) {
  const texts = useTexts(composerTexts)
  const [recognition, setRecognition] = useState('')
  const [file, setFile] = useState<File | undefined>(undefined)
  const [failure, setFailure] = useState<string | undefined>(undefined)

  const [isSending, setSending] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    setSending(true)
    const speech = await speechOf(recognition, file)
    const reason = 'reason' in speech ? speech.reason : await onSend(speech)
    setSending(false)
    setFailure(reason)
    if (reason === undefined) onClose()
  }
  return (
    <Dialog title={texts.addVoice} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <VoiceFields words={recognition} onWords={setRecognition} onFile={setFile} />
        {inGroup && <p class="card-note">{texts.voiceNote}</p>}
        {failure !== undefined && (
          <p class="form-failure" role="alert">
            {texts.notSent(failure)}
          </p>
        )}
        <div class="form-end">
          <button type="button" class="button" onClick={onClose}>
            {texts.cancel}
          </button>
          <button
            type="submit"
            class="button button-primary"
            disabled={isSending || (recognition.trim() === '' && !file)}
            data-testid="voice-send"
          >
            {texts.send}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  readonly words: string
  readonly onWords: (words: string) => void
  readonly onFile: (file: File | undefined) => void
}

function VoiceFields({ words, onWords, onFile }: FieldsProps) {
  const texts = useTexts(composerTexts)
  const id = useId()
  return (
    <>
      <div class="field">
        <label for={`${id}-words`}>{texts.transcript}</label>
        <textarea
          id={`${id}-words`}
          class="input"
          value={words}
          data-testid="voice-words"
          onInput={event => onWords(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for={`${id}-file`}>{texts.recording}</label>
        <input
          id={`${id}-file`}
          class="input"
          type="file"
          accept="audio/*,.amr"
          data-testid="voice-file"
          onChange={event => onFile(event.currentTarget.files?.[0])}
        />
      </div>
    </>
  )
}

async function speechOf(
  recognition: string,
  file: File | undefined,
): Promise<PageSpeech | { readonly reason: string }> {
  const spoken = Math.max(1_000, recognition.length * perCharacter)
  if (!file) return { msgtype: 'audio', recognition, duration: spoken }
  const duration = Math.round(1_000 * (await secondsOf(file, 'audio', spoken / 1_000)))
  const uploaded = await upload(file)
  return 'reason' in uploaded ? uploaded : { msgtype: 'audio', recognition, duration, ...uploaded }
}
