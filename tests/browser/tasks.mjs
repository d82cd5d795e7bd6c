// How long a page's main thread is busy at a time, as the browser's own trace has it.

/** Begins to record the main thread's tasks; what it gives ends it and gives them with what took most of each. */
export async function record(devtools) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] },
  });
  return async () => {
    const complete = new Promise((done) => devtools.once('Tracing.tracingComplete', done));
    await devtools.send('Tracing.end');
    await complete;
    devtools.off('Tracing.dataCollected', collect);
    // The thread on which the page draws its frames: there are others that are called the same.
    const mains = events.filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain');
    const key = (event) => `${event.pid}.${event.tid}`;
    const moves = (thread) =>
      events.filter((event) => key(event) === thread && event.name === 'Layout').length;
    const thread = mains.map(key).sort((a, b) => moves(b) - moves(a))[0];
    const own = events.filter((event) => key(event) === thread && event.ph === 'X');
    const tasks = own.filter((event) => /RunTask$/.test(event.name));
    return tasks
      .map((task) => {
        const inside = own.filter(
          (event) => event !== task && event.ts >= task.ts && event.ts + event.dur <= task.ts + task.dur && !/RunTask$/.test(event.name),
        );
        const sums = new Map();
        for (const one of inside) {
          const name = one.name === 'EventDispatch' ? one.args.data.type : one.name;
          sums.set(name, (sums.get(name) ?? 0) + (one.tdur ?? one.dur) / 1_000);
        }
        const within = [...sums].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([name, ms]) => `${name} ${ms.toFixed(1)}`);
        return { ms: (task.tdur ?? task.dur) / 1_000, wall: task.dur / 1_000, within: within.join(', ') };
      })
      .sort((a, b) => b.ms - a.ms);
  };
}
