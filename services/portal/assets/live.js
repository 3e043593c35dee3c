// Keeps an open page current; without it the page reloads itself.
(() => {
  const state = document.getElementById('live-state');
  if (!state || !window.EventSource) return;

  const retryPause = 5000, pace = Number(state.dataset.pace ?? 0), now = () => performance.now();
  const limits = document.getElementById('live-window')?.dataset ?? {};
  let source, running, timer, due = Infinity, brokenSince, last = -Infinity, seen = limits.seen;

  const show = name => state.querySelectorAll('[data-state]').forEach(part => { part.hidden = part.dataset.state !== name; });

  function broken() {
    if (brokenSince) return;
    brokenSince = new Date();
    state.querySelector('[data-slot=time]').textContent = brokenSince.toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo', timeStyle: 'short' });
    show('off');
  }

  function whole() {
    if (source.readyState !== 1) return;
    brokenSince = null;
    show('on');
  }

  // Only what changed, so that focus, scrolling and a screen reader's place stay.
  function swap(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    for (const next of fresh.querySelectorAll('[data-live]')) {
      const old = document.getElementById(next.id);
      if (!old || old.isEqualNode(next)) continue;
      const open = [...old.querySelectorAll('details[open]')].map(part => part.id);
      const href = old.contains(document.activeElement) && document.activeElement.getAttribute('href');
      for (const name of ['incomplete', 'title', 'spread', 'seen']) {
        if (name in next.dataset) old.dataset[name] = next.dataset[name]; else delete old.dataset[name];
      }
      old.replaceChildren(...next.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute('open', '');
      if (href) old.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    }
    document.title = document.getElementById('alerts')?.dataset.title ?? document.title;
    document.dispatchEvent(new Event('live'));
  }

  // The sooner of two plans holds.
  function plan(pause) {
    if (now() + pause >= due) return;
    due = now() + pause;
    clearTimeout(timer);
    timer = setTimeout(refresh, pause);
  }

  // Thousands hear of a thing at once: each asks at a random moment.
  const later = () => plan(Math.random() * (limits.spread ?? 2000));

  const routine = pause => plan((pause ?? (document.querySelector('[data-incomplete]') ? retryPause : 60000)) * (0.8 + Math.random() * 0.4));

  async function refresh() {
    due = Infinity;
    if (running) return plan(200);
    running = true;
    last = now();
    let pause;
    try {
      const answer = await fetch(state.dataset.fragment, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw answer;
      const html = await answer.text();
      // Not while a chart is dragged over.
      if ('held' in document.documentElement.dataset) pause = 500; else swap(html);
      whole();
    } catch (error) {
      console.warn(error);
      broken();
      pause = retryPause;
    }
    running = false;
    routine(pause);
  }

  function heard(event) {
    seen = event.lastEventId || seen;
    document.dispatchEvent(new CustomEvent('heard', { detail: event }));
    if (pace) plan(Math.max(0, last + pace - now())); else later();
  }

  function connect() {
    source = new EventSource(state.dataset.stream + (seen ? 'lastEventId=' + seen : ''));
    source.onopen = () => {
      // The stream goes on where the page stands.
      if (seen && !brokenSince) { whole(); routine(); } else if (brokenSince) later(); else refresh();
    };
    for (const name of (state.dataset.events ?? 'alert').split(' ')) source.addEventListener(name, heard);
    source.onerror = () => {
      broken();
      // After an HTTP error it gives up.
      if (source.readyState === 2) setTimeout(connect, retryPause * (0.6 + Math.random() * 0.8));
    };
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
  addEventListener('online', later);
  connect();
})();
