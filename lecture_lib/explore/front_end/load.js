// Sent with every explorer: the page's script and style come from one model that all explorers of a kernel share, once.
const loading = globalThis.lecturePage ??= {};

async function load(model) {
  const id = model.get('_front_end').replace('IPY_MODEL_', '');
  const shared = await model.widget_manager.get_model(id);
  const style = document.createElement('style');
  style.textContent = shared.get('style');
  document.head.append(style);
  const address = URL.createObjectURL(new Blob([shared.get('script')], {type: 'text/javascript'}));
  return import(address);
}

async function render({model, el}) {
  const page = await (loading[model.get('_front_end')] ??= load(model));
  return page.mountInNotebook({model, el});
}

export default {render};
