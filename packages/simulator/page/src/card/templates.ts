import type { ComponentType } from 'preact'
import type { CardProps } from './props.ts'
import { ApprovalCard } from './templates/approval.tsx'
import { contentCard } from './templates/content.tsx'
import { QuestionCard } from './templates/question.tsx'
import { RpaCard } from './templates/rpa.tsx'

const markdown = contentCard({ title: 'title', content: 'markdown' })

/** The components of known templates, by their id without `.schema`. The variables are those of the official Python SDK. */
const known: Readonly<Record<string, ComponentType<CardProps>>> = {
  // Markdown, markdown with buttons, AI card and carousel, RPA plugin, AI card of the graph.
  '589420e2-c1e2-46ef-a5ed-b8728e654da9': markdown,
  '1366a1eb-bc54-4859-ac88-517c56a9acb1': markdown,
  '382e4302-551d-4880-bf29-a30acfab2e71': contentCard({
    title: 'msgTitle',
    content: 'msgContent',
    still: 'staticMsgContent',
  }),
  '7f538f6d-ebb7-4533-a9ac-61a32da094cf': RpaCard,
  'd28e2ac5-fb34-4d93-94bc-cf5c580c2d4f': contentCard({ content: 'content' }),
  // AI cards of well-known connectors, and of the official examples.
  '02fcf2f4-5e02-4a85-b672-46d1f715543e': contentCard({ content: 'msgContent' }),
  '675cde2f-f526-40cb-b828-f5b2b57b8b77': contentCard({
    content: 'content',
    above: 'quoteContent',
    below: 'statusLine',
    undrawn: ['blockList'],
  }),
  '2b07a3e6-cdf4-4e8f-8bac-a4f6e3e19eff': contentCard({
    content: 'content',
    above: 'query',
    undrawn: ['preparations', 'charts'],
  }),
  // The approval of the official tutorial.
  'dac1dbec-55af-40c3-be91-6d6882ef3b66': ApprovalCard,
  // The public form (FORM_TEMPLATE_ID).
  'c2a6355b-9724-4f7e-9653-d33fcb3311bb': QuestionCard,
}

export function templateOf(templateId: string): ComponentType<CardProps> | undefined {
  const id = templateId.replace(/\.schema$/, '')
  return Object.hasOwn(known, id) ? known[id] : undefined
}
