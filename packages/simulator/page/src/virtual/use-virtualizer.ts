import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type Range,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

type Options = Pick<
  VirtualizerOptions<HTMLElement, HTMLElement>,
  'count' | 'getScrollElement' | 'estimateSize' | 'getItemKey' | 'overscan' | 'anchorTo' | 'followOnAppend'
> &
  Pick<VirtualizerOptions<HTMLElement, HTMLElement>, 'scrollEndThreshold' | 'paddingStart' | 'paddingEnd'> & {
    /** Items that are drawn beside the visible ones, by index. */
    readonly kept?: () => readonly number[]
  }

/** A list of which only what is seen is drawn. The library has no binding for Preact; this is all that it takes. */
export function useVirtualizer({ kept, ...options }: Options): Virtualizer<HTMLElement, HTMLElement> {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const complete = {
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(0),
    ...(kept && { rangeExtractor: (range: Range) => inOrder([...defaultRangeExtractor(range), ...kept()]) }),
    ...options,
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(complete))
  virtualizer.setOptions(complete)
  useLayoutEffect(() => virtualizer._didMount(), [])
  useLayoutEffect(() => virtualizer._willUpdate())
  return virtualizer
}

function inOrder(indexes: readonly number[]): number[] {
  return [...new Set(indexes)].sort((a, b) => a - b)
}
