"""Who somebody is: links, accounts of a provider, sessions and personal tokens."""
