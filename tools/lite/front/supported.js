// Whether this browser can run Python at all; written so that a very old one can read it.
(function () {
  var missing = !window.WebAssembly || !window.Worker || !window.BroadcastChannel || !window.ReadableStream ||
    !Array.prototype.at || !window.indexedDB;
  if (!missing) return;
  window.liveTooOld = true;
  document.addEventListener('DOMContentLoaded', function () {
    document.body.innerHTML = '<p id="live" role="alert" style="padding:2em;font:18px sans-serif">This browser is too old to' +
      ' run Python. Use Chrome or Edge 108, Firefox 115 or Safari 16.4, or a newer one; the pages without Python work in' +
      ' this one too.</p>';
  });
})();
