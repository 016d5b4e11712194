"""Keep the site in its visitors' browsers, for when its host does not answer: what is kept, and the service worker."""
