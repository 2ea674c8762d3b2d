"""The HTTP API for MIS and BI tools (OpenAPI, scoped tokens): releases and rosters only.."""
