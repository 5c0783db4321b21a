/** Colours of one colour scheme. */
export interface Theme {
  readonly paper: string
  readonly border: string
  readonly ink: string
  readonly muted: string
  readonly accent: string
  readonly exit: string
  /** Fills of boxes, from the ground up. */
  readonly floors: readonly [string, string, string]
  readonly lane: string
}

export const THEMES = {
  light: {
    paper: '#ffffff',
    border: '#d0d7de',
    ink: '#1f2328',
    muted: '#57606a',
    accent: '#0969da',
    exit: '#9a6700',
    floors: ['#f3f4f6', '#ddf4ff', '#dafbe1'],
    lane: '#e6eaef',
  },
  dark: {
    paper: '#0d1117',
    border: '#30363d',
    ink: '#e6edf3',
    muted: '#9ea7b3',
    accent: '#58a6ff',
    exit: '#d29922',
    floors: ['#1b2129', '#10283f', '#122d1c'],
    lane: '#262c36',
  },
} as const satisfies Readonly<Record<string, Theme>>

/** Pixels; the pictures are made for a column of text. */
export const WIDTH = 800

/** Fonts of each system, with Chinese in them. */
const SANS =
  "-apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
const MONO = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"
/** The widest advance of these monospaced fonts, in parts of their size. */
const ADVANCE = 0.62

export interface TextStyle {
  readonly fill: string
  /** Pixels. Default 13. */
  readonly size?: number
  readonly bold?: boolean
  readonly mono?: boolean
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** A line of text; `y` is its baseline. */
export function text(x: number, y: number, content: string, style: TextStyle): string {
  const { fill, size = 13, bold = false, mono = false, anchor = 'start' } = style
  const weight = bold ? ' font-weight="600"' : ''
  const family = mono ? ` font-family="${MONO}"` : ''
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}"${weight}${family} text-anchor="${anchor}">${escaped(content)}</text>`
}

/** Pixels that a monospaced text takes at most. */
export function monoWidth(content: string, size: number): number {
  return Math.ceil(content.length * size * ADVANCE)
}

export interface BoxStyle {
  readonly fill: string
  readonly stroke: string
  readonly dashed?: boolean
}

export function box(x: number, y: number, width: number, height: number, { fill, stroke, dashed }: BoxStyle): string {
  const dashes = dashed ? ' stroke-dasharray="5 4"' : ''
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${stroke}"${dashes}/>`
}

/** A line through points that ends in an arrow. */
export function arrow(path: string, colour: string): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" marker-end="url(#head)"/>`
}

/** The whole picture, on a paper of its own: it is read on pages of either colour. */
export function page(title: string, height: number, theme: Theme, parts: readonly string[]): string {
  const { paper, border, accent } = theme
  const head = `<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" fill="${accent}"/></marker>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${SANS}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<defs>${head}</defs>`,
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="${paper}" stroke="${border}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
