"""One module a command; each exports `command` and imports only click at its top."""
