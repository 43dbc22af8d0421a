/** Memory and processor time of another process, as Linux tells them. */
import { readFileSync, writeFileSync } from 'node:fs';

const KILOBYTES_A_MEGABYTE = 1_024;
const TICK_MS = 10;
const POLL_MS = 500;
/** Polls in a row with as good as the same memory: nothing is going on any more. */
const STILL = 8;
const LONGEST_WAIT_MS = 40_000;

/** Megabytes in use now. */
export function memoryOf(pid: number): number {
	return read(pid, 'VmRSS');
}

/** The most since `forgetPeak`. */
export function peakOf(pid: number): number {
	return read(pid, 'VmHWM');
}

export function forgetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Processor time so far, in milliseconds. */
export function processorTimeOf(pid: number): number {
	const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ')
		.slice(11, 13);
	return (Number(user) + Number(system)) * TICK_MS;
}

/** Waits until a process that has just started has nothing more to do; gives up after a while. */
export async function settled(pid: number): Promise<void> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	let before = memoryOf(pid);
	for (let still = 0; still < STILL && Date.now() < deadline;) {
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		const now = memoryOf(pid);
		still = Math.abs(now - before) <= 1 ? still + 1 : 0;
		before = now;
	}
}

function read(pid: number, name: 'VmRSS' | 'VmHWM'): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const [, kilobytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
	return Math.round(Number(kilobytes) / KILOBYTES_A_MEGABYTE);
}
