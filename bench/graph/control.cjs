// Loaded into every server that is measured: tells over IPC what its process has used, so that only that process is counted.
process.on('message', (message) => {
	if (message !== 'usage') return;
	const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
	process.send({ cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMiB: maxRSS / 1_024 });
});
// The channel alone must not keep a server alive.
process.channel?.unref();
process.on('disconnect', () => process.exit());
