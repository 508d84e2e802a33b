"""`/api/v1`: what programs may ask and do."""
