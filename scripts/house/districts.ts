/**
 * The rooms of each package from the ground up: folders and files of its `src`. A room imports only rooms before it; rooms
 * that share a row do not import each other.
 */
export const ROWS: Readonly<Record<PackageName, Rows>> = {
  transport: [
    ['version.ts'],
    ['redact'],
    ['errors'],
    ['utils'],
    ['log'],
    ['options'],
    ['queue'],
    ['network'],
    ['http'],
    ['gateway'],
    ['frame'],
    ['link'],
    ['client'],
    ['index.ts'],
  ],
  core: [
    ['utils'],
    ['markdown'],
    ['store'],
    ['updates'],
    ['api'],
    ['context'],
    ['intake'],
    ['composer'],
    ['bot', 'middleware'],
    ['testing', 'plugin.ts'],
    ['moved.ts'],
    ['index.ts'],
  ],
  cards: [
    ['text'],
    ['template'],
    ['deliver'],
    ['engine'],
    ['action'],
    ['ai-card'],
    ['kinds'],
    ['flow'],
    ['plugin'],
    ['index.ts'],
  ],
  simulator: [
    ['utils'],
    ['clock'],
    ['tls'],
    ['redirect'],
    ['options'],
    ['world'],
    ['limits'],
    ['http'],
    ['faults'],
    ['gateway'],
    ['apis'],
    ['platform'],
    ['talk'],
    ['page'],
    ['workbench'],
    ['server'],
    ['simulator'],
    ['simulator.ts'],
    ['cli', 'index.ts'],
  ],
}

type Rows = readonly (readonly string[])[]

/** The same for folders whose own folders are many. */
export const INNER_ROWS: readonly { readonly name: PackageName; readonly folder: string; readonly rows: Rows }[] = [
  {
    name: 'simulator',
    folder: 'apis',
    rows: [
      ...['ai-interaction', 'contact', 'micro-app', 'event', 'oauth', 'files', 'storage', 'webhook', 'custom-robots'],
      ...['robot', 'ding', 'emotion', 'group-robots', 'plugins', 'away', 'legacy-card', 'bot-messages', 'card'],
      ...['graph', 'routes.ts'],
    ].map(room => [room]),
  },
  { name: 'simulator', folder: 'workbench', rows: [['inspector'], ['fixture'], ['fault-panel']] },
]

/** Which of our packages a package may import when it runs. */
export const PACKAGES = {
  transport: [],
  core: ['transport'],
  cards: ['transport', 'core'],
  simulator: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PackageName = keyof typeof PACKAGES
