import { useRef } from 'preact/hooks'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import { composerTexts } from './texts.ts'

interface Props {
  readonly onFiles: (files: Iterable<File>) => void
  readonly onVoice: () => void
  readonly onMention: (() => void) | undefined
}

/** The buttons beside the text. */
export function Tools({ onFiles, onVoice, onMention }: Props) {
  const texts = useTexts(composerTexts)
  return (
    <div class="composer-tools">
      {onMention && <IconButton icon="at" label={texts.mention} testid="mention" onClick={onMention} />}
      <FileButton icon="image" label={texts.addPicture} accept="image/*" testid="add-picture" onFiles={onFiles} />
      <FileButton icon="file" label={texts.addFile} accept="" testid="add-file" onFiles={onFiles} />
      <IconButton icon="mic" label={texts.addVoice} testid="add-voice" onClick={onVoice} />
    </div>
  )
}

interface FileButtonProps {
  readonly icon: 'image' | 'file'
  readonly label: string
  readonly accept: string
  readonly testid: string
  readonly onFiles: (files: Iterable<File>) => void
}

function FileButton({ icon, label, accept, testid, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton icon={icon} label={label} onClick={() => input.current?.click()} />
      <input
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={label}
        data-testid={testid}
        ref={input}
        onChange={event => {
          onFiles(event.currentTarget.files ?? [])
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
