"""A state machine over all bed actions: two stations with stale views against a model (HAZARDS H2, H4, H8)."""
