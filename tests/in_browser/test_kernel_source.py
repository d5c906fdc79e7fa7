"""What an explorer's page asks of the kernel, and in which order."""

import re

import pytest

from shared.paths import ROOT

pytestmark = pytest.mark.browser
SOURCE = ROOT / "lecture_lib" / "explore" / "front_end" / "kernel_source.js"
# A widget's model that only notes what is sent, and a page that only keeps its source.
PRETEND = """() => {
  const sent = [], acts = {};
  const model = {
    get: name => name == '_state' ? {settings: {gamma: 1}} : '',
    send: told => sent.push(told), on: (event, act) => { acts[event] = act; }, off: () => {},
  };
  let source;
  const mount = (el, given) => { source = given; return () => {}; };
  SCRIPT
  mountInNotebook({model, el: null});
  source.ask('move', {changes: {gamma: 2}});
  source.ask('move', {changes: {gamma: 3}});
  source.ask('restart', {});
  source.ask('step', {});
  const before = sent.map(told => told.kind);
  acts['msg:custom']({kind: 'answer'});
  source.ask('play', {});
  return [before, sent.map(told => told.kind), sent.at(1).changes];
}"""


def test_a_button_does_not_overtake_a_move(page):
    script = re.sub(r"^export ", "", SOURCE.read_text("utf-8"), flags=re.M)
    page.goto("about:blank")
    before, sent, changes = page.evaluate(PRETEND.replace("SCRIPT", script))
    assert before == ["move"]  # one at a time
    assert sent == ["move", "move", "restart", "step", "play"]
    assert changes == {"gamma": 3}
