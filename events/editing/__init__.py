"""Every change of an event: drafts and proposals, publishing, changes of status, undo, pictures."""
