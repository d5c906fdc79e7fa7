"""The static site: the notebooks as pages whose sliders move through states that were computed
ahead.
"""
