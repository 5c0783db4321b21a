import { useTexts } from '../i18n/texts.ts'
import { peopleTexts } from './texts.ts'

interface Props {
  readonly failure: string | undefined
  readonly submit: string
  readonly isReady: boolean
  readonly onClose: () => void
}

/** The end of each dialog: what went wrong, and its two buttons. */
export function DialogEnd({ failure, submit, isReady, onClose }: Props) {
  const texts = useTexts(peopleTexts)
  return (
    <>
      {failure !== undefined && (
        <p class="form-failure" role="alert">
          {texts.failed(failure)}
        </p>
      )}
      <div class="form-end">
        <button type="button" class="button" onClick={onClose}>
          {texts.cancel}
        </button>
        <button type="submit" class="button button-primary" disabled={!isReady} data-testid="dialog-submit">
          {submit}
        </button>
      </div>
    </>
  )
}
