// Reads an alert aloud, where the browser can. What is said is in the page.
(() => {
  'use strict';
  const button = document.getElementById('speak');
  if (!button || !window.speechSynthesis) return;
  const show = speaking => { for (const part of button.children) part.hidden = (part.dataset.state === 'speaking') !== speaking; };
  const { before, text, lang } = button.dataset;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      show(false);
      return;
    }
    const parts = [[before, document.documentElement.lang], [text, lang]].filter(([words]) => words);
    for (const [index, [words, language]] of parts.entries()) {
      const part = new SpeechSynthesisUtterance(words);
      part.lang = language;
      if (index === parts.length - 1) part.onend = () => show(false);
      part.onerror = () => show(false);
      speechSynthesis.speak(part);
    }
    show(true);
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
})();
