"""The browser edition: the notebooks in JupyterLite, where Python runs in the reader's browser."""
