"""The last-known board: an encrypted copy of all wards on the station's own disk, for the hour without a server."""
