// Loaded before the server, with --expose-gc: see processes.ts.
setInterval(globalThis.gc, 10_000).unref();
