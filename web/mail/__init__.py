"""E-mail: written into the outbox in the transaction of the change that it is about, then sent by SMTP."""
