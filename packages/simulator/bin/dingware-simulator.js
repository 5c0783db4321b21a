#!/usr/bin/env node
// A file of its own, not built: pnpm links a command when it installs, which is before anything is.
import '../dist/cli.js'
