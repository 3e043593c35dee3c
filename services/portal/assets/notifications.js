// The page about notifications: this browser's own subscription. All words are in the page.
(() => {
  'use strict';
  const form = document.getElementById('wishes'), section = document.getElementById('this-browser');
  if (!form || !section) return;
  const { town, worker } = form.dataset;

  function show(state, ...acts) {
    for (const part of section.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
    for (const button of section.querySelectorAll('[data-act]')) button.hidden = !acts.includes(button.dataset.act);
  }

  function wishes() {
    const data = new FormData(form), hazards = data.getAll('hazards');
    const isAll = hazards.length === form.querySelectorAll('[name=hazards]').length;
    return {
      languages: inOrder(data.getAll('languages')), minimumLevel: Number(data.get('minimumLevel')), hazards: isAll ? null : hazards,
      district: data.get('district') || null, drills: data.has('drills'),
    };
  }

  // A notification has room for one language: the page's own where it is wanted.
  function inOrder(languages) {
    const mine = form.querySelector('[name=languages][data-own]')?.value;
    return languages.toSorted((one, other) => (other === mine) - (one === mine));
  }

  function fill({ languages, minimumLevel, hazards, district, drills }) {
    for (const box of form.querySelectorAll('[name=languages]')) box.checked = languages.includes(box.value);
    for (const box of form.querySelectorAll('[name=minimumLevel]')) box.checked = Number(box.value) === minimumLevel;
    for (const box of form.querySelectorAll('[name=hazards]')) box.checked = !hazards || hazards.includes(box.value);
    if (form.elements.district) form.elements.district.value = district ?? '';
    form.elements.drills.checked = drills;
  }

  const registered = () => navigator.serviceWorker.getRegistration('/' + town);

  async function subscribe() {
    const answer = await fetch(`/api/${town}/alerts/push-key`);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const { applicationServerKey } = await answer.json();
    await navigator.serviceWorker.register(worker, { scope: '/' + town });
    const registration = await navigator.serviceWorker.ready;
    const subscription = await pushStore.subscribe(registration, applicationServerKey);
    return { subscription, key: applicationServerKey };
  }

  async function save(done) {
    const wanted = wishes();
    if (!wanted.languages.length || wanted.hazards?.length === 0) {
      show('unfit', ...acts());
      return;
    }
    const before = acts();
    show('busy');
    try {
      if (await Notification.requestPermission() !== 'granted') {
        show('denied', 'start');
        return;
      }
      const { subscription, key } = await subscribe();
      await pushStore.register(town, subscription, wanted, key);
      show(done, 'change', 'end');
    } catch (error) {
      console.warn('notifications:', error);
      show(error.status === 429 ? 'many' : 'failed', ...before);
    }
  }

  async function end() {
    show('busy');
    try {
      const known = await pushStore.get(town);
      const answer = known && await fetch(`/api/${town}/alerts/subscriptions/${known.id}`, { method: 'DELETE', headers: { 'Subscription-Secret': known.secret } });
      // 404: it has ended already.
      if (answer && !answer.ok && answer.status !== 404) throw new Error(`HTTP ${answer.status}`);
      await (await (await registered())?.pushManager.getSubscription())?.unsubscribe();
      await pushStore.remove(town);
      show('ended', 'start');
    } catch (error) {
      console.warn('notifications:', error);
      show('failed', 'change', 'end');
    }
  }

  const acts = () => [...section.querySelectorAll('[data-act]')].filter(button => !button.hidden).map(button => button.dataset.act);

  async function begin() {
    const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && window.indexedDB)) {
      show(isApple && !navigator.standalone ? 'home' : 'none');
      return;
    }
    if (Notification.permission === 'denied') {
      show('denied');
      return;
    }
    const known = await pushStore.get(town), subscription = await (await registered())?.pushManager.getSubscription();
    if (!known || !subscription) {
      show('off', 'start');
      return;
    }
    const answer = await fetch(`/api/${town}/alerts/subscriptions/${known.id}`, { headers: { 'Subscription-Secret': known.secret } });
    if (answer.status === 404) {
      await pushStore.remove(town);
      show('off', 'start');
      return;
    }
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    fill(await answer.json());
    // The push service gave another address, and telling the town failed.
    if (subscription.endpoint !== known.endpoint) await pushStore.register(town, subscription, known.wishes);
    show('on', 'change', 'end');
  }

  section.addEventListener('click', ({ target }) => {
    const act = target.closest('[data-act]')?.dataset.act;
    if (act === 'start') save('on');
    else if (act === 'change') save('saved');
    else if (act === 'end') end();
  });
  begin().catch(error => {
    console.warn('notifications:', error);
    show('failed', 'start');
  });
})();
