// Whether this browser can run Python at all; written so that a very old one can read it.
(function () {
  var old = !window.WebAssembly || !window.Worker || !window.BroadcastChannel || !window.TransformStream ||
    !Array.prototype.at || !window.indexedDB;
  var sentence = old && 'This browser is too old to run Python. Use Chrome or Edge 108, Firefox 115 or Safari 16.4, or a newer' +
    ' one; the pages without Python work in this one too.';
  if (location.protocol == 'file:') sentence = 'Python runs only on pages that come from a web address, not from a folder.' +
    ' The pages without Python work from a folder too.';
  if (!sentence) return;
  window.liveTooOld = true;
  document.addEventListener('DOMContentLoaded', function () {
    document.body.innerHTML = '<p id="live" role="alert"></p>';
    document.getElementById('live').textContent = sentence;
  });
})();
