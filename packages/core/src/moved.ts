/** Names that the main entry still has for one version: they belong to `@dingware/core/plugin`. */
export {
  /** @deprecated import from '@dingware/core/plugin' */
  type Admission,
  /** @deprecated import from '@dingware/core/plugin' */
  type Admitted,
  /** @deprecated import from '@dingware/core/plugin' */
  actionKey,
  /** @deprecated import from '@dingware/core/plugin' */
  CARD_TTL,
  /** @deprecated import from '@dingware/core/plugin' */
  type CardEntry,
  /** @deprecated import from '@dingware/core/plugin' */
  cardKey,
  /** @deprecated import from '@dingware/core/plugin' */
  checkOptions,
  /** @deprecated import from '@dingware/core/plugin' */
  classify,
  /** @deprecated import from '@dingware/core/plugin' */
  closeFences,
  /** @deprecated import from '@dingware/core/plugin' */
  type Failure,
  /** @deprecated import from '@dingware/core/plugin' */
  hasText,
  /** @deprecated import from '@dingware/core/plugin' */
  isActionButton,
  /** @deprecated import from '@dingware/core/plugin' */
  isAllowed,
  /** @deprecated import from '@dingware/core/plugin' */
  type KeptRun,
  /** @deprecated import from '@dingware/core/plugin' */
  keepCardEntry,
  /** @deprecated import from '@dingware/core/plugin' */
  type Outcome,
  /** @deprecated import from '@dingware/core/plugin' */
  type PluginDefinition,
  /** @deprecated import from '@dingware/core/plugin' */
  type PluginHost,
  /** @deprecated import from '@dingware/core/plugin' */
  type RateWindow,
  /** @deprecated import from '@dingware/core/plugin' */
  type Rule,
  /** @deprecated import from '@dingware/core/plugin' */
  type RuleKit,
  /** @deprecated import from '@dingware/core/plugin' */
  type Rules,
  /** @deprecated import from '@dingware/core/plugin' */
  type RunKept,
  /** @deprecated import from '@dingware/core/plugin' */
  readCardEntry,
  /** @deprecated import from '@dingware/core/plugin' */
  requireText,
  /** @deprecated import from '@dingware/core/plugin' */
  rule,
  /** @deprecated import from '@dingware/core/plugin' */
  type SetOptions,
  /** @deprecated import from '@dingware/core/plugin' */
  sleep,
  /** @deprecated import from '@dingware/core/plugin' */
  storeOf,
  /** @deprecated import from '@dingware/core/plugin' */
  toVariables,
  /** @deprecated import from '@dingware/core/plugin' */
  type Versioned,
  /** @deprecated import from '@dingware/core/plugin' */
  type Wait,
  /** @deprecated import from '@dingware/core/plugin' */
  type WaitRequest,
  /** @deprecated import from '@dingware/core/plugin' */
  type WiredButtons,
  /** @deprecated import from '@dingware/core/plugin' */
  wellFormed,
  /** @deprecated import from '@dingware/core/plugin' */
  wireButtons,
} from './plugin.ts'
