"""What residents tell without an account: an event they propose, one that is not right."""
