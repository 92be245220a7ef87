"""The desk of people and organisations: sign-in, account, members, what an organisation tells of itself."""
