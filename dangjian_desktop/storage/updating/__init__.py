"""Update packages as files: their structure, their signature, what is in them."""
