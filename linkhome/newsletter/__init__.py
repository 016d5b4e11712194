"""Know the services that keep a list: what each must be sent, and what the creator pastes for it. No network here."""
