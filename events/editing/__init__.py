"""The life of an event: drafts and proposals, publishing, cancelling and every way back, pictures."""
