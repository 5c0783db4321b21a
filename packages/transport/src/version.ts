/** Version of this package, as in `1.2.3`. The gateway sees it, too, in the default `ua` (`dingware/1.2.3`). */
export const version = '0.1.0'
