import { useState } from 'preact/hooks'
import type { PageMedia } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { contentTexts } from './texts.ts'

/**
 * A picture: one that the simulator has is shown, one elsewhere is a link (the policy of the page loads nothing from
 * other places), and a media id that nobody has uploaded is said to be missing.
 */
export function Picture({ picture, alt }: { picture: PageMedia; alt?: string }) {
  const texts = useTexts(contentTexts)
  const { url, name } = picture
  const [failed, fail] = useFailed(url)
  const label = alt || texts.picture
  if (url === undefined || failed) {
    return (
      <span class="picture-placeholder" role="img" aria-label={`${label}: ${name} ${texts.missing}`}>
        <Icon name="image" />
        <span class="picture-name">{name}</span>
        <span class="picture-note">{texts.missing}</span>
      </span>
    )
  }
  if (url.startsWith('/')) {
    return (
      <a class="picture" href={url} target="_blank" rel="noopener noreferrer" title={texts.openPicture}>
        <img src={url} alt={label} onError={fail} />
      </a>
    )
  }
  return <ElsewherePicture url={url} alt={label} />
}

/** The little picture beside a title; nothing where the simulator does not have it. */
export function Logo({ picture: { url } }: { picture: PageMedia }) {
  const texts = useTexts(contentTexts)
  const [failed, fail] = useFailed(url)
  if (url === undefined || failed) return null
  return url.startsWith('/') ? (
    <img class="logo" src={url} alt="" onError={fail} />
  ) : (
    <span class="logo" title={texts.elsewhere(hostOf(url))}>
      <Icon name="image" />
    </span>
  )
}

/** Whether what is at an address could not be loaded, and how to say so. */
function useFailed(url: string | undefined): [boolean, () => void] {
  const [failed, setFailed] = useState<string | undefined>(undefined)
  return [url !== undefined && failed === url, () => setFailed(url)]
}

export function ElsewherePicture({ url, alt }: { url: string; alt: string }) {
  const texts = useTexts(contentTexts)
  const host = hostOf(url)
  return (
    <a
      class="picture-placeholder"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title={texts.elsewhere(host)}
      data-testid="picture-elsewhere"
    >
      <Icon name="image" />
      <span class="picture-name">{alt}</span>
      <span class="picture-note">
        {host} <Icon name="external" />
      </span>
    </a>
  )
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
