// Shows a new alert on an open page. Without this script the page reloads itself every minute.
(() => {
  'use strict';
  const state = document.getElementById('live-state');
  if (!state || !window.EventSource || !window.fetch) return;

  const patience = 8000, retryPause = 5000, routinePause = 60000, pace = Number(state.dataset.pace ?? 0);
  let source, running = false, again = false, timer, waiting, brokenSince = null, last = -Infinity;

  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });

  function show(name) {
    for (const part of state.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== name;
  }

  function broken() {
    if (brokenSince) return;
    brokenSince = new Date();
    for (const slot of state.querySelectorAll('[data-slot=time]')) slot.textContent = clock.format(brokenSince);
    show('off');
  }

  // Replaces only what changed, so that focus, scrolling and a screen reader's place stay.
  function swap(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    for (const next of fresh.querySelectorAll('[data-live]')) {
      const old = document.getElementById(next.id);
      if (!old || old.isEqualNode(next)) continue;
      const open = Array.from(old.querySelectorAll('details[open]'), part => part.id);
      const href = old.contains(document.activeElement) && document.activeElement.getAttribute('href');
      for (const name of ['data-incomplete', 'data-title']) {
        if (next.hasAttribute(name)) old.setAttribute(name, next.getAttribute(name)); else old.removeAttribute(name);
      }
      old.replaceChildren(...Array.from(next.childNodes, node => document.importNode(node, true)));
      for (const id of open) document.getElementById(id)?.setAttribute('open', '');
      if (href) old.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    }
    document.title = document.getElementById('alerts')?.dataset.title ?? document.title;
    document.dispatchEvent(new Event('live'));
  }

  // Not while a chart is dragged over.
  function released(html) {
    return 'held' in document.documentElement.dataset
      ? new Promise(done => document.addEventListener('released', () => done(html), { once: true })) : html;
  }

  function plan(pause) {
    clearTimeout(timer);
    timer = setTimeout(refresh, pause * (0.8 + Math.random() * 0.4));
  }

  async function refresh() {
    if (running) { again = !pace; return; }
    running = true;
    last = performance.now();
    let pause = retryPause;
    try {
      do {
        again = false;
        const answer = await fetch(state.dataset.fragment, { cache: 'no-store', signal: AbortSignal.timeout(patience) });
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        swap(await released(await answer.text()));
      } while (again);
      if (!document.querySelector('[data-incomplete]')) pause = routinePause;
      if (source.readyState === EventSource.OPEN) { brokenSince = null; show('on'); }
    } catch (error) {
      console.warn('live:', error);
      broken();
    } finally {
      running = false;
      plan(pause);
    }
  }

  function soon() {
    const pause = last + pace - performance.now();
    if (pause <= 0 && !running) refresh();
    else if (pace) waiting ??= setTimeout(() => { waiting = undefined; soon(); }, Math.max(pause, 200));
    else refresh();
  }

  function connect() {
    source = new EventSource(state.dataset.stream);
    source.addEventListener('open', refresh);
    for (const name of (state.dataset.events ?? 'alert').split(' ')) source.addEventListener(name, soon);
    source.addEventListener('error', () => {
      broken();
      // The browser reconnects by itself, except after an HTTP error.
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, retryPause * (0.6 + Math.random() * 0.8));
    });
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
  addEventListener('online', refresh);
  connect();
})();
