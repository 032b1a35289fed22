/**
 * Lets PM2 be the supervisor that the programs know (packages/kit/follow-supervisor.ts): both speak over the channel to the parent
 * process, in other words.
 */
const send = process.send?.bind(process);
if (send) {
  process.send = (message, ...rest) => {
    if (message?.kind !== 'ready') return send(message, ...rest);
    // Demo data are loaded by the installation that brings its own database.
    process.emit('message', { kind: 'state', state: { demoData: 'off' } });
    return send('ready');
  };
  process.on('message', (message) => {
    if (message === 'shutdown') process.emit('message', { kind: 'stop' });
  });
}
