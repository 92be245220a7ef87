/* Tells the page around how high the list is; nothing else, and it listens to nobody. */
(function () {
  "use strict";
  if (window.parent === window) return;
  var list = document.querySelector("main");
  function tell() {
    window.parent.postMessage({ type: "yhdessa-height", height: Math.ceil(list.getBoundingClientRect().height) }, "*");
  }
  if (window.ResizeObserver) new ResizeObserver(tell).observe(list);
  else window.addEventListener("resize", tell);
  tell();
  // The page around may begin to listen later than this is filled, so it is told again for a while.
  var left = 10;
  var timer = setInterval(function () {
    tell();
    left -= 1;
    if (!left) clearInterval(timer);
  }, 1000);
})();
