// What `node --test` prints here: each failure with its reason, and one line at the end as cargo's tests have it.

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for await (const { type, data } of events) {
    const isSuite = data?.details?.type === 'suite';
    if (type === 'test:pass' && !isSuite) {
      if (data.skip !== undefined) skipped += 1;
      else passed += 1;
    } else if (type === 'test:fail') {
      const cause = data.details.error?.cause ?? data.details.error;
      if (isSuite && data.details.error?.failureType === 'subtestsFailed') continue;
      failed += 1;
      const place = data.file ? ` (${data.file.split('/').at(-1)}:${data.line})` : '';
      yield `failed: ${data.name}${place}\n  ${String(cause?.message ?? cause).replaceAll('\n', '\n  ')}\n`;
    } else if (type === 'test:stderr') {
      yield data.message;
    }
  }
  yield `test result: ${failed === 0 ? 'ok' : 'FAILED'}. ${passed} passed; ${failed} failed; ${skipped} ignored\n`;
}
