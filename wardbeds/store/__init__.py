"""Tables, schema, engine, unit of work, reads and the change feed. The only room that knows SQL."""
