// What this browser knows of its own subscription: {id, secret, endpoint, wishes, key}. In IndexedDB, since the service worker
// needs it too when the push service changes the address, and a worker cannot read localStorage.
const pushStore = (() => {
  'use strict';
  const open = () => new Promise((done, fail) => {
    const request = indexedDB.open('notifications', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('subscriptions');
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  async function use(mode, work) {
    const database = await open();
    try {
      return await new Promise((done, fail) => {
        const transaction = database.transaction('subscriptions', mode);
        const request = work(transaction.objectStore('subscriptions'));
        transaction.oncomplete = () => done(request.result);
        transaction.onerror = transaction.onabort = () => fail(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  const get = town => use('readonly', store => store.get(town));
  const put = (town, value) => use('readwrite', store => store.put(value, town));
  const remove = town => use('readwrite', store => store.delete(town));
  const keyOf = (subscription, name) => btoa(String.fromCharCode(...new Uint8Array(subscription.getKey(name))))
    .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

  // Tells the town where to send and what; the answer's secret is kept here and nowhere else.
  async function register(town, subscription, wishes, key) {
    const known = await get(town);
    const answer = await fetch(`/api/${town}/alerts/subscriptions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(known?.secret && { 'Subscription-Secret': known.secret }) },
      body: JSON.stringify({
        addresses: [{ channel: 'web-push', endpoint: subscription.endpoint, p256dh: keyOf(subscription, 'p256dh'), auth: keyOf(subscription, 'auth') }],
        ...wishes,
      }),
    });
    if (!answer.ok) throw Object.assign(new Error(`HTTP ${answer.status}`), { status: answer.status });
    const { id, secret } = await answer.json();
    await put(town, { id, secret, endpoint: subscription.endpoint, wishes, key: key ?? known?.key });
  }

  async function subscribe(registration, applicationServerKey) {
    const wanted = { userVisibleOnly: true, applicationServerKey };
    try {
      return await registration.pushManager.subscribe(wanted);
    } catch (error) {
      if (error.name !== 'InvalidStateError') throw error;
      // This browser is subscribed with a key that the town had before: nothing comes by that one any more.
      await (await registration.pushManager.getSubscription())?.unsubscribe();
      return registration.pushManager.subscribe(wanted);
    }
  }

  return { get, put, remove, register, subscribe };
})();
