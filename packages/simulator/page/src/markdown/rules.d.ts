// markdown-it publishes its rules; @types/markdown-it leaves them out.

declare module 'markdown-it/lib/rules_block/list.mjs' {
  import type { RuleBlock } from 'markdown-it/lib/parser_block.mjs'

  const list: RuleBlock
  export default list
}

declare module 'markdown-it/lib/rules_block/table.mjs' {
  import type { RuleBlock } from 'markdown-it/lib/parser_block.mjs'

  const table: RuleBlock
  export default table
}
