/** Types of fflate's browser build, the one that may be bundled into nodes: `moduleResolution: node10` does not find them. */
declare module 'fflate/browser' {
	export * from 'fflate';
}
