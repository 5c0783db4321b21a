import type { Logger } from '@dingware/core'

/** Warnings that are given once, and not with every card. */
export interface Warnings {
  /** Two buttons of a card say the same. */
  readonly warnOfSameLabels: (label: string) => void
  /** Somebody without a userId gets text instead of cards. */
  readonly warnOfOutsider: () => void
  /** A template cannot show something that an AI card was given. */
  readonly warnOfTemplate: (templateId: string, what: keyof typeof MISMATCH) => void
}

const MISMATCH = {
  buttons:
    'shows no buttons in this state, so those of an AI card are not sent. Give them to the end of the card, or use a template that shows them (`buttonsIn`).',
  stopButton:
    'shows no button while the text comes, so the stop button of an AI card is not drawn. Use one that does: `cards({ templates: { ai: aiTemplate675cde2f } })`, or one of your own with `stopButton` or `buttonsIn`.',
} as const
/** How many labels, and how many templates, are warned of. */
const MAX_WARNED = 100

export function createWarnings(log: Logger): Warnings {
  const warned = { labels: new Set<string>(), templates: new Set<string>(), outsider: new Set<string>() }
  const once = (about: keyof typeof warned, key: string, warning: () => string): void => {
    if (warned[about].has(key) || warned[about].size >= MAX_WARNED) return
    warned[about].add(key)
    log.warn(warning())
  }
  return {
    warnOfSameLabels: label =>
      once(
        'labels',
        label,
        () =>
          `Two buttons of one card say ${JSON.stringify(label)}. A click may tell no more than that, and then neither of them is run: give them different texts.`,
      ),
    warnOfOutsider: () =>
      once(
        'outsider',
        '',
        () =>
          'Somebody who has no userId gets text instead of a card: people outside the organisation have none, and nobody has while the app is not published. Publish the app, or reply with text to such people.',
      ),
    warnOfTemplate: (templateId, what) =>
      once('templates', `${templateId} ${what}`, () => `The template ${templateId} ${MISMATCH[what]}`),
  }
}
