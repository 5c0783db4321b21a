import { endingOf, sizeOf } from '../content/files.tsx'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from '../icons/icon.tsx'
import type { Attachment } from './draft.ts'
import { composerTexts } from './texts.ts'

/** The attachments of the next message. */
export function Attachments({ all, onRemove }: { all: readonly Attachment[]; onRemove: (key: number) => void }) {
  const texts = useTexts(composerTexts)
  if (all.length === 0) return null
  return (
    <ul class="attachments" aria-label={texts.attachments} data-testid="attachments">
      {all.map(({ key, file, preview }) => (
        <li class="attachment" key={key}>
          {preview === undefined ? (
            <span class="file-icon" data-ending={endingOf(file.name)} aria-hidden="true">
              {endingOf(file.name).slice(0, 4) || '?'}
            </span>
          ) : (
            <img src={preview} alt="" />
          )}
          <span class="attachment-name">
            <bdi>{file.name}</bdi>
            <span>{sizeOf(file.size)}</span>
          </span>
          <IconButton icon="close" label={texts.remove(file.name)} onClick={() => onRemove(key)} />
        </li>
      ))}
    </ul>
  )
}
