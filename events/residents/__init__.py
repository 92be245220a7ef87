"""What residents send without an account: suggestions of events, reports that an event is not right."""
