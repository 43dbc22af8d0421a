/** How what is published is bundled. */
import type { BuildOptions } from 'esbuild';

/** Files that n8n loads. @param entryPoints from the root */
export function nodeBundle(entryPoints: string[]): BuildOptions;

/** One file out of a command and all that it imports. @param entryPoint from the root */
export function commandBundle(entryPoint: string): BuildOptions;
