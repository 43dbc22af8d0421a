/** The page on which a user lets a program read their bills. */

/** The page for an authorization request; its form carries the request's parameters on. */
export function consentPage(asked: URLSearchParams): string {
	const fields = [...asked].map(
		([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
	);
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox: sign in with Orange</title>
<h1>Let ${escaped(asked.get('client_id') ?? '')} read your bills?</h1>
<form method="post" action="authorize">
${fields.join('\n')}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
</html>
`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
