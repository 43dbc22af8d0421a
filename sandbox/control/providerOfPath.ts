/** Which provider a path belongs to. */
import type { SandboxProvider } from '../data/ledger';

const PREFIXES: readonly (readonly [string, SandboxProvider])[] = [
	['/lumen/', 'lumen'],
	['/brm/', 'oracleBrm'],
	['/brm-open/', 'oracleBrm'],
	['/idcs/', 'oracleBrm'],
	['/oam/', 'oracleBrm'],
	['/tmf-api/', 'oracleBrm'],
	['/flolive/', 'floLive'],
	['/orange/', 'orange'],
];

/** Undefined for the control endpoints and the greeting. */
export function providerOfPath(path: string): SandboxProvider | undefined {
	return PREFIXES.find(([prefix]) => path.startsWith(prefix))?.[1];
}
